// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/html_page.h"

#include "model/chart/chart_table.h"

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/svg_device.h"

#include <QCoreApplication>

namespace portolan::ui {
namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("HtmlPage", text);
}

std::string escaped(const std::string& text)
{
    return xmlText(toQString(text));
}

std::string style(const Theme& theme)
{
    const auto ink = [](const QColor& color) { return color.name().toStdString(); };
    return "body{margin:24px;background:" + ink(theme.canvas) + ";color:" + ink(theme.text) +
           ";font:13px/1.4 Inter,'Noto Sans','DejaVu Sans',sans-serif}"
           "figure{margin:0 0 24px}svg{max-width:100%;height:auto}"
           "h1{font-size:20px}h2{font-size:15px}"
           "table{border-collapse:collapse;margin-bottom:24px;background:" +
           ink(theme.base) + "}th,td{border:1px solid " + ink(theme.line) +
           ";padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
           "th{background:" +
           ink(theme.panel) + ";font-weight:600}";
}

void addTable(std::string& page, const ChartTable& table, const QString& heading)
{
    if (table.rows.empty())
        return;
    page += "<h2>" + xmlText(heading) + "</h2>\n<table>\n<thead><tr>";
    for (const std::string& column : table.columns)
        page += "<th scope=\"col\">" + escaped(column) + "</th>";
    page += "</tr></thead>\n<tbody>\n";
    for (const ChartTable::Row& row : table.rows) {
        page += "<tr>";
        for (const std::string& cell : row.cells)
            page += "<td>" + escaped(cell) + "</td>";
        page += "</tr>\n";
    }
    page += "</tbody>\n</table>\n";
}

}  // namespace

std::string htmlPage(const Chart& chart, const std::string& svg, const QString& title,
                     const Theme& theme)
{
    const std::string name = xmlText(title);
    std::string page =
        "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
        "<meta charset=\"UTF-8\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>" +
        name + "</title>\n<style>" + style(theme) + "</style>\n</head>\n<body>\n<h1>" + name +
        "</h1>\n<figure>\n";
    page += svg.substr(svg.find('\n') + 1);  // without the line that says it is XML
    page += "</figure>\n";
    addTable(page, contextTable(chart), words("Contexts"));
    addTable(page, relationshipTable(chart), words("Relationships"));
    page += "</body>\n</html>\n";
    return page;
}

}  // namespace portolan::ui
