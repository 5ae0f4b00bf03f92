-- <table>_history holds closed row versions; <table>_at(t) answers what was known at t.
do $$
declare
  t text;
begin
  foreach t in array array['regions', 'schools', 'school_gates', 'venues', 'venue_doors', 'stall_sightings', 'road_edges', 'rules', 'drawn_zones']
  loop
    execute format('create table %I (like %I)', t || '_history', t);
    execute format('alter table %I add primary key (id, version)', t || '_history');
    execute format('create index on %I (valid_to)', t || '_history');
    execute format('comment on table %I is %L', t || '_history', 'Closed versions of ' || t || '.');
    execute format('create trigger keep_history before update on %I for each row execute function keep_history()', t);
    execute format('create trigger refuse_delete before delete on %I for each row execute function refuse_delete()', t);
    execute format(
      'create function %I(t timestamptz) returns setof %I language sql stable as '
      '''select * from %I where valid_from <= t union all select * from %I where valid_from <= t and valid_to > t''',
      t || '_at', t, t, t || '_history');
  end loop;
end
$$;

-- Moves the deployment to another CGCS2000 3-degree zone and recomputes every metric column. Positions in 4326 are
-- what is known; metric columns are derived, so their change is not history.
create function set_measure_srid(srid int) returns void language plpgsql as $$
declare
  t text;
begin
  if srid not between 4534 and 4554 then
    raise exception 'MEASURE_SRID must be a CGCS2000 3-degree zone (EPSG 4534-4554), not %', srid
      using errcode = 'invalid_parameter_value';
  end if;
  execute format('create or replace function to_measure(g geometry) returns geometry language sql immutable strict '
                 'parallel safe as ''select public.st_transform(g, %s)''', srid);
  perform set_config('app.keep_history', 'off', true);
  foreach t in array array['schools', 'school_gates', 'venues', 'venue_doors', 'stall_sightings', 'drawn_zones']
  loop
    execute format('update %I set version = version', t);
  end loop;
  perform set_config('app.keep_history', 'on', true);
  update findings set line_m = st_transform(line_m, srid);
  insert into settings (key, value) values ('measure_srid', to_jsonb(srid))
  on conflict (key) do update set value = excluded.value, updated_at = now();
end
$$;
insert into settings (key, value) values ('measure_srid', '4547');
