import PostgresClient

/// The schema as the lines of a Mermaid entity-relationship diagram.
enum SchemaDiagram {
    /// One line a row. A relation stands once for each foreign key: how many rows of the child a parent has at most,
    /// and whether a child may have none.
    static let query: SQL = """
        with tables as (
            select oid, relname
            from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        ),
        columns as (
            select t.oid, t.relname, a.attnum, a.attname,
                case format_type(a.atttypid, a.atttypmod)
                    when 'timestamp with time zone' then 'timestamptz'
                    when 'character(3)' then 'char(3)'
                    else format_type(a.atttypid, a.atttypmod)
                end as type,
                concat_ws(', ',
                    case when exists (
                        select from pg_index as i
                        where i.indrelid = t.oid and i.indisprimary and a.attnum = any(i.indkey::int2[])
                    ) then 'PK' end,
                    case when exists (
                        select from pg_constraint as k
                        where k.conrelid = t.oid and k.contype = 'f' and a.attnum = any(k.conkey)
                    ) then 'FK' end,
                    case when exists (
                        select from pg_index as i
                        where i.indrelid = t.oid and i.indisunique and i.indnkeyatts = 1 and i.indkey[0] = a.attnum
                    ) and not exists (
                        select from pg_index as i
                        where i.indrelid = t.oid and i.indisprimary and a.attnum = any(i.indkey::int2[])
                    ) then 'UK' end) as keys
            from tables as t
            join pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
        ),
        relations as (
            select parent.relname as parent, child.relname as child, k.conname,
                case when bool_and(a.attnotnull) then '||' else '|o' end as parents,
                case when exists (
                    select from pg_index as i
                    where i.indrelid = k.conrelid and i.indisunique
                        and (i.indkey::int2[])[0:i.indnkeyatts - 1] <@ k.conkey
                        and coalesce(pg_get_expr(i.indpred, i.indrelid), '') ~ '^([(][a-z_]+ IS NOT NULL[)])?$'
                ) then 'o|' else 'o{' end as children,
                string_agg(a.attname, ', ' order by array_position(k.conkey, a.attnum)) as columns
            from pg_constraint as k
            join tables as parent on parent.oid = k.confrelid
            join tables as child on child.oid = k.conrelid
            join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
            where k.contype = 'f'
            group by parent.relname, child.relname, k.conname, k.conrelid, k.conkey
        ),
        lines as (
            select 0 as part, '' as one, '' as two, 0 as three, 'erDiagram' as line
            union all
            select 1, parent, child, dense_rank() over (order by conname)::int,
                format('    %s %s--%s %s : "%s"', parent, parents, children, child, columns)
            from relations
            union all
            select 2, relname, '', 0, format('    %s {', relname) from tables
            union all
            select 2, relname, '', attnum, rtrim(format('        %s %s %s', type, attname, keys)) from columns
            union all
            select 2, relname, '', 100000, '    }' from tables
        )
        select line from lines order by part, one collate "C", two collate "C", three
        """
}
