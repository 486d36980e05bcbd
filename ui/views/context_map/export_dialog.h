// SPDX-License-Identifier: Apache-2.0
// Asks how a map is to be exported: the kind of picture, paper, size and looks; and says beforehand what that will be.
#pragma once

#include "ui/views/context_map/map_exporter.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QPushButton;

namespace portolan::ui {

class PlainLabel;

struct ExportChoice {
    PictureFormat format = PictureFormat::Pdf;
    ExportOptions options;
};

class ExportDialog : public QDialog {
    Q_OBJECT

public:
    // The sizes of the picture at 100 %, and what was chosen last time.
    ExportDialog(const QSizeF& withLegend, const QSizeF& withoutLegend, const ExportChoice& last,
                 QWidget* parent);

    void accept() override;

signals:
    void chosen(const portolan::ui::ExportChoice& choice);

private:
    void createFields();
    void createButtons();
    QComboBox* addChoice(const QString& label, const char* objectName, const QStringList& texts);
    QCheckBox* addCheck(const QString& text, const char* objectName);
    void show(const ExportChoice& choice);
    ExportChoice choice() const;
    void refresh();

    QSizeF m_withLegend;
    QSizeF m_withoutLegend;
    ExportChoice m_last;
    QFormLayout* m_form = nullptr;
    QComboBox* m_format = nullptr;
    QComboBox* m_paper = nullptr;
    QComboBox* m_sheets = nullptr;
    QComboBox* m_tile = nullptr;
    QComboBox* m_scale = nullptr;
    QCheckBox* m_legend = nullptr;
    QCheckBox* m_dark = nullptr;
    PlainLabel* m_preview = nullptr;
    QPushButton* m_save = nullptr;
};

}  // namespace portolan::ui
