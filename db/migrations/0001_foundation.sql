-- Clock, measuring, history and dataset versions: what every later table relies on.

create table settings (
  key        text primary key,
  value      jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table settings is 'Site-wide facts the database itself must know, such as the metric SRID.';

create table dataset_versions (
  layer      text primary key,
  version    bigint not null default 1,
  changed_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
comment on table dataset_versions is 'Bumped in the transaction that changes a layer; tile URLs carry it.';
insert into dataset_versions (layer)
values ('regions'), ('schools'), ('venues'), ('stalls'), ('roads'), ('rules'), ('zones'), ('findings');

-- The moment of the current change. Writers set app.now after they hold the writer lock, so that the order of
-- valid_from is the order of commits; tests freeze it the same way.
create function app_now() returns timestamptz language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now())
$$;

create function app_today() returns date language sql stable parallel safe as $$
  select (app_now() at time zone 'Asia/Shanghai')::date
$$;

-- Lon/lat to the deployment's metric CRS, a CGCS2000 3-degree Gauss-Krueger zone (EPSG 4534-4554).
-- set_measure_srid() replaces the body when the site's zone is another one.
create function to_measure(g geometry) returns geometry language sql immutable strict parallel safe as $$
  select public.st_transform(g, 4547)
$$;

-- Scale factor of a transverse Mercator with k0 = 1 and false easting 500,000 m on the CGCS2000 ellipsoid
-- (a = 6,378,137 m, 1/f = 298.257222101): k = 1 + x/2 + x^2/24 with x = E^2/(MN). The latitude is taken from the
-- northing over the rectifying radius 6,367,449.146 m, which is within 0.15 degrees and changes k by under 1e-8.
-- Source: series of the Gauss-Krueger scale, e.g. Snyder, Map Projections (USGS PP 1395), eq. 8-7.
-- Plain arithmetic, so that the planner inlines it.
create function measure_scale(easting_m float8, northing_m float8) returns float8
language sql immutable strict parallel safe as $$
  select 1
    + (easting_m - 500000) * (easting_m - 500000)
      * power(1 - 0.00669438002290 * power(sin(northing_m / 6367449.146), 2), 2) / 80816599966657.5
    + power(easting_m - 500000, 4)
      * power(1 - 0.00669438002290 * power(sin(northing_m / 6367449.146), 2), 4) / 3.91879369810245e28
$$;

-- Metres on the ellipsoid along a short straight line (under 1 km) given in the metric CRS.
create function measured_m(line_m geometry) returns float8 language sql immutable strict parallel safe as $$
  select public.st_length(line_m) / measure_scale(
    (public.st_x(public.st_startpoint(line_m)) + public.st_x(public.st_endpoint(line_m))) / 2,
    (public.st_y(public.st_startpoint(line_m)) + public.st_y(public.st_endpoint(line_m))) / 2)
$$;

-- Reference rows are versioned: an UPDATE files the old row in <table>_history, closed at app_now().
create function keep_history() returns trigger language plpgsql as $$
begin
  if current_setting('app.keep_history', true) = 'off' then
    return new;
  end if;
  new.version := old.version + 1;
  new.valid_from := app_now();
  -- A second change at the same moment replaces the first: the row in between was never visible to anyone.
  if old.valid_from < new.valid_from then
    old.valid_to := new.valid_from;
    execute format('insert into %I select ($1).*', tg_table_name || '_history') using old;
  end if;
  return new;
end
$$;

create function refuse_delete() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are closed, never deleted', tg_table_name using errcode = 'restrict_violation';
end
$$;
