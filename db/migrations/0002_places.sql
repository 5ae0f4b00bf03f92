-- Regions, schools, venues, stalls, roads. Positions are EPSG:4326; *_m columns are in the metric CRS, *_3857 feed tiles.

create table imports (
  id           bigint generated always as identity primary key,
  layer        text not null check (layer in ('regions', 'schools', 'gates', 'venues', 'stalls', 'roads')),
  file_name    text not null,
  file_sha256  text not null,
  format       text not null,
  encoding     text,
  crs          text not null,
  source       text not null,
  options      jsonb not null default '{}',
  accepted     int not null,
  created      int not null,
  updated      int not null,
  unchanged    int not null,
  rejected     int not null,
  rejections   jsonb not null default '[]',
  warnings     jsonb not null default '[]',
  imported_by  text not null,
  created_at   timestamptz not null default app_now()
);
comment on table imports is 'One row per committed import; a refused one leaves no trace.';

create table regions (
  id          bigint generated always as identity primary key,
  code        text collate "C" not null unique,
  parent_code text collate "C",
  kind        text not null check (kind in ('admin', 'police')),
  level       text not null check (level in ('province', 'city', 'district', 'township', 'community', 'station')),
  name        text not null check (name <> ''),
  name_en     text,
  boundary    geometry(MultiPolygon, 4326) not null check (st_isvalid(boundary)),
  boundary_3857 geometry(MultiPolygon, 3857) generated always as (st_transform(boundary, 3857)) stored,
  source      text not null default 'manual',
  external_id text,
  source_crs  text not null default 'wgs84',
  source_geom geometry,
  conversion  text,
  import_id   bigint references imports,
  version     int not null default 1,
  valid_from  timestamptz not null default app_now(),
  valid_to    timestamptz,
  created_at  timestamptz not null default app_now()
);
comment on table regions is 'Administrative areas (GB/T 2260 codes, townships with 9 digits) and police station areas.';
comment on column regions.source_geom is 'Coordinates as delivered, in source_crs; null when they are the stored ones.';
create index regions_boundary on regions using gist (boundary);
create index regions_boundary_3857 on regions using gist (boundary_3857);
create index regions_parent on regions (parent_code);
create index regions_import on regions (import_id);

create table school_kinds (
  code     text primary key,
  label_zh text not null,
  label_en text not null,
  sort     int not null,
  created_at timestamptz not null default now()
);
comment on table school_kinds is 'Code table; filled from server/imports/classify.';

create table venue_kinds (
  code       text primary key,
  label_zh   text not null,
  label_en   text not null,
  kind_group text not null,
  regulated  boolean not null,
  sort       int not null,
  created_at timestamptz not null default now()
);
comment on table venue_kinds is 'Code table; filled from server/imports/classify.';

create table schools (
  id               bigint generated always as identity primary key,
  name             text not null check (name <> ''),
  kinds            text[] not null check (cardinality(kinds) > 0),
  status           text not null default 'open' check (status in ('open', 'planned', 'closed')),
  region_code      text collate "C",
  station_code     text collate "C",
  address          text,
  students         int check (students >= 0),
  established_on   date,
  closed_on        date,
  closed_reason    text,
  boundary         geometry(MultiPolygon, 4326) check (st_isvalid(boundary)),
  position         geometry(Point, 4326) not null,
  position_error_m float8 not null default 3 check (position_error_m between 0 and 500),
  boundary_m       geometry generated always as (to_measure(boundary)) stored,
  position_m       geometry generated always as (to_measure(position)) stored,
  boundary_3857    geometry(MultiPolygon, 3857) generated always as (st_transform(boundary, 3857)) stored,
  position_3857    geometry(Point, 3857) generated always as (st_transform(position, 3857)) stored,
  source           text not null default 'manual',
  external_id      text,
  source_crs       text not null default 'wgs84',
  source_geom      geometry,
  conversion       text,
  import_id        bigint references imports,
  version          int not null default 1,
  valid_from       timestamptz not null default app_now(),
  valid_to         timestamptz,
  created_at       timestamptz not null default app_now(),
  check (closed_on is null or status = 'closed')
);
comment on table schools is 'One row per campus (校区). boundary is null for a point-only campus; position is a point on it.';
comment on column schools.position_error_m is 'Horizontal uncertainty of boundary or position, metres (1 sigma-like, as declared).';
create unique index schools_external on schools (source, external_id);
create index schools_position on schools using gist (position);
create index schools_boundary_3857 on schools using gist (boundary_3857);
create index schools_position_3857 on schools using gist (position_3857);
create index schools_region on schools (region_code);
create index schools_station on schools (station_code);
create index schools_name on schools using gin (name gin_trgm_ops);
create index schools_import on schools (import_id);

create table school_gates (
  id               bigint generated always as identity primary key,
  school_id        bigint not null references schools,
  name             text,
  kind             text not null check (kind in ('main', 'side', 'back')),
  is_student_gate  boolean not null default true,
  status           text not null default 'open' check (status in ('open', 'closed')),
  opened_on        date,
  closed_on        date,
  closed_reason    text,
  position         geometry(Point, 4326) not null,
  position_error_m float8 not null default 3 check (position_error_m between 0 and 500),
  position_m       geometry generated always as (to_measure(position)) stored,
  position_3857    geometry(Point, 3857) generated always as (st_transform(position, 3857)) stored,
  source           text not null default 'manual',
  external_id      text,
  source_crs       text not null default 'wgs84',
  source_geom      geometry,
  conversion       text,
  import_id        bigint references imports,
  version          int not null default 1,
  valid_from       timestamptz not null default app_now(),
  valid_to         timestamptz,
  created_at       timestamptz not null default app_now()
);
comment on table school_gates is 'Gates of a campus; rules may measure from any gate, the main gate or student gates.';
create unique index school_gates_external on school_gates (source, external_id);
create index school_gates_school on school_gates (school_id);
create index school_gates_position on school_gates using gist (position);
create index school_gates_position_3857 on school_gates using gist (position_3857);
create index school_gates_import on school_gates (import_id);

create table bell_times (
  id         bigint generated always as identity primary key,
  school_id  bigint not null references schools,
  period     text not null check (period in ('arrival', 'noon_dismissal', 'noon_arrival', 'dismissal', 'evening_dismissal')),
  day_type   text not null default 'term' check (day_type in ('term', 'holiday', 'exam', 'boarding_return')),
  weekdays   smallint[] not null check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[] and cardinality(weekdays) > 0),
  starts     time not null,
  ends       time not null check (ends > starts),
  label      text,
  valid_from timestamptz not null default app_now(),
  valid_to   timestamptz,
  created_at timestamptz not null default app_now()
);
comment on table bell_times is 'Windows in which children pass the gates, local time; weekdays are ISO (1 = Monday).';
create index bell_times_school on bell_times (school_id) where valid_to is null;

create table venues (
  id                 bigint generated always as identity primary key,
  name               text not null check (name <> ''),
  kind               text not null references venue_kinds,
  kind_source        text not null check (kind_source in ('licence', 'industry', 'poi', 'osm', 'name', 'given')),
  kind_confidence    float8 not null check (kind_confidence between 0 and 1),
  kind_matched       text,
  status             text not null default 'open' check (status in ('open', 'suspended', 'closed')),
  region_code        text collate "C",
  station_code       text collate "C",
  address            text,
  licence_no         text,
  licence_issued_on  date,
  licence_expires_on date,
  opened_on          date,
  closed_on          date,
  closed_reason      text,
  is_internal        boolean not null default false,
  codes              jsonb not null default '{}',
  position           geometry(Point, 4326) not null,
  footprint          geometry(MultiPolygon, 4326) check (st_isvalid(footprint)),
  position_error_m   float8 not null default 30 check (position_error_m between 0 and 500),
  position_m         geometry generated always as (to_measure(position)) stored,
  footprint_m        geometry generated always as (to_measure(footprint)) stored,
  position_3857      geometry(Point, 3857) generated always as (st_transform(position, 3857)) stored,
  source             text not null default 'manual',
  external_id        text,
  source_crs         text not null default 'wgs84',
  source_geom        geometry,
  conversion         text,
  import_id          bigint references imports,
  version            int not null default 1,
  valid_from         timestamptz not null default app_now(),
  valid_to           timestamptz,
  created_at         timestamptz not null default app_now(),
  check (closed_on is null or status = 'closed')
);
comment on table venues is 'Business places. The shop sign is the name; owners and tenants are never recorded.';
comment on column venues.is_internal is 'Attached to a school or library and serving only its own people (outside the net-cafe regulation, art. 2).';
comment on column venues.codes is 'Codes as delivered: licence_code, licence_scope, industry_code, poi_code, poi_type, osm_tags.';
create unique index venues_external on venues (source, external_id);
create index venues_position on venues using gist (position);
create index venues_position_3857 on venues using gist (position_3857);
create index venues_kind on venues (kind, status);
create index venues_region on venues (region_code);
create index venues_station on venues (station_code);
create index venues_name on venues using gin (name gin_trgm_ops);
create index venues_licence_expires on venues (licence_expires_on) where licence_expires_on is not null;
create index venues_import on venues (import_id);

create table venue_doors (
  id               bigint generated always as identity primary key,
  venue_id         bigint not null references venues,
  kind             text not null check (kind in ('main', 'side', 'fire_exit')),
  status           text not null default 'open' check (status in ('open', 'closed')),
  position         geometry(Point, 4326) not null,
  position_error_m float8 not null default 3 check (position_error_m between 0 and 500),
  position_m       geometry generated always as (to_measure(position)) stored,
  version          int not null default 1,
  valid_from       timestamptz not null default app_now(),
  valid_to         timestamptz,
  created_at       timestamptz not null default app_now()
);
comment on table venue_doors is 'Doors of a venue; fire exits count only where the rule says so.';
create index venue_doors_venue on venue_doors (venue_id);

create table stall_sightings (
  id               bigint generated always as identity primary key,
  name             text,
  stall_type       text not null default 'mobile' check (stall_type in ('mobile', 'fixed', 'shop_overflow', 'open_market')),
  status           text not null default 'present' check (status in ('present', 'cleared')),
  goods            text,
  sighted_at       timestamptz not null,
  cleared_on       date,
  cleared_reason   text,
  region_code      text collate "C",
  station_code     text collate "C",
  position         geometry(Point, 4326) not null,
  position_error_m float8 not null default 5 check (position_error_m between 0 and 500),
  position_m       geometry generated always as (to_measure(position)) stored,
  position_3857    geometry(Point, 3857) generated always as (st_transform(position, 3857)) stored,
  source           text not null default 'manual',
  external_id      text,
  source_crs       text not null default 'wgs84',
  source_geom      geometry,
  conversion       text,
  import_id        bigint references imports,
  version          int not null default 1,
  valid_from       timestamptz not null default app_now(),
  valid_to         timestamptz,
  created_at       timestamptz not null default app_now()
);
comment on table stall_sightings is 'A street stall seen at a place and time; present until cleared. Places only, no vendor.';
create unique index stall_sightings_external on stall_sightings (source, external_id);
create index stall_sightings_position on stall_sightings using gist (position);
create index stall_sightings_position_3857 on stall_sightings using gist (position_3857);
create index stall_sightings_region on stall_sightings (region_code);
create index stall_sightings_import on stall_sightings (import_id);

create table road_nodes (
  id         bigint generated always as identity primary key,
  position   geometry(Point, 4326) not null,
  created_at timestamptz not null default app_now()
);
comment on table road_nodes is 'Ends of road edges, shared where coordinates agree to 1e-7 degrees.';
create unique index road_nodes_position on road_nodes (position);

create table road_edges (
  id          bigint generated always as identity primary key,
  name        text,
  class       text not null check (class in ('motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'residential', 'service', 'pedestrian', 'footway', 'cycleway', 'steps', 'track')),
  oneway      text not null default 'no' check (oneway in ('no', 'forward', 'backward')),
  is_bridge   boolean not null default false,
  crossing    text check (crossing in ('signals', 'marked', 'unmarked', 'overpass', 'underpass')),
  foot        boolean not null default true,
  bicycle     boolean not null default true,
  car         boolean not null default true,
  status      text not null default 'open' check (status in ('open', 'closed')),
  from_node   bigint references road_nodes,
  to_node     bigint references road_nodes,
  geom        geometry(LineString, 4326) not null,
  geom_3857   geometry(LineString, 3857) generated always as (st_transform(geom, 3857)) stored,
  length_m    float8 not null,
  source      text not null default 'manual',
  external_id text,
  source_crs  text not null default 'wgs84',
  source_geom geometry,
  conversion  text,
  import_id   bigint references imports,
  version     int not null default 1,
  valid_from  timestamptz not null default app_now(),
  valid_to    timestamptz,
  created_at  timestamptz not null default app_now()
);
comment on table road_edges is 'Street network. oneway is relative to the direction of geom; length_m is geodesic.';
create unique index road_edges_external on road_edges (source, external_id);
create index road_edges_geom on road_edges using gist (geom);
create index road_edges_geom_3857 on road_edges using gist (geom_3857);
create index road_edges_from on road_edges (from_node);
create index road_edges_to on road_edges (to_node);
create index road_edges_import on road_edges (import_id);

-- The most detailed region of a kind that covers a position; null outside all of them.
create function region_at(p geometry, region_kind text) returns text language sql stable as $$
  select code from regions
  where kind = region_kind and st_covers(boundary, p)
  order by array_position(array['province', 'city', 'district', 'township', 'community', 'station'], level) desc, code
  limit 1
$$;
