7select top (5) total = a, [b c], @v = 1, cast(a as int) into #x from [dbo].[t] with (nolock) cross apply (select max(b) m from w) k; update o set a += 1 from t o join #x on 1=1; delete o from t o where a=1; insert into t (a) output inserted.a select convert(varchar(10), a, 12) from #x option (recompile)
go
declare @y int