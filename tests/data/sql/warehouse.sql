create or replace transient table DWH.CORE.FACT_ORDER (
    order_key   number(38,0) not null,
    payload     variant,
    lines       array<struct<sku string, amount int64>>,
    "Gross.Total" number(12,2) comment 'with tax',
    constraint pk_fact primary key (order_key, payload) not enforced
) cluster by (order_key) comment = 'One row for each order';
GO
CREATE TABLE [dbo].[Customer] ([Id] int IDENTITY(1,1) NOT NULL, [Name] nvarchar(max) NULL)
GO
create view dwh.mart.revenue (day, revenue) as
with recent as (
    select * from dwh.core.fact_order where extract(year from created_at) > 2020
), days(d) as (select d from dwh.core.calendar)
select d.d, sum(r.amount)
from days d, recent r, lateral flatten(input => r.lines) f, dwh.core.rate as x
left join dwh.core.discount using (order_key)
group by 1;
comment on column dwh.mart.revenue.day is 'Calendar day';
alter table dwh.core.rate add column currency char(3);
create index i on dwh.core.rate (currency);
CREATE TABLE "unfinished" (a int, b
