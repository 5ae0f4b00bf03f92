-- Derived tables: all of them can be rebuilt from places and rules at any time.

-- What can be measured from and to, one row per gate, boundary, door or point, of places open today. Narrow and kept in
-- spatial order because detection speed depends on it. roles is a bit mask, see server/findings/roles.ts.
create table school_endpoints (
  id             bigint generated always as identity primary key,
  school_id      bigint not null,
  gate_id        bigint,
  origin         text not null check (origin in ('boundary', 'gate', 'point', 'drawn_zone')),
  roles          int not null,
  fallback_roles int not null,
  kinds          text[] not null,
  region_code    text collate "C",
  established_on date,
  school_version int not null,
  is_sole        boolean not null,
  error_m        float8 not null,
  geom_m         geometry not null
);
comment on table school_endpoints is 'Derived: where rules may measure from. is_sole: no other endpoint of the school shares a role.';
comment on column school_endpoints.fallback_roles is 'The part of roles it only stands in for, because no such gate is recorded.';
create index school_endpoints_geom on school_endpoints using gist (geom_m);
create index school_endpoints_school on school_endpoints (school_id);
create index school_endpoints_error on school_endpoints (error_m);

create table venue_endpoints (
  id                 bigint generated always as identity primary key,
  venue_id           bigint,
  stall_id           bigint,
  door_id            bigint,
  target             text not null check (target in ('door', 'footprint', 'position', 'stall')),
  roles              int not null,
  kind               text collate "C" not null,
  region_code        text collate "C",
  opened_on          date,
  licence_expires_on date,
  is_internal        boolean not null,
  venue_version      int not null,
  is_sole            boolean not null,
  error_m            float8 not null,
  scale              float8 not null,
  geom_m             geometry not null,
  check (num_nonnulls(venue_id, stall_id) = 1)
);
comment on table venue_endpoints is 'Derived: where rules may measure to. scale is the projection''s scale factor there.';
create index venue_endpoints_geom on venue_endpoints using gist (geom_m);
create index venue_endpoints_venue on venue_endpoints (venue_id);
create index venue_endpoints_error on venue_endpoints (error_m);
create index venue_endpoints_stall on venue_endpoints (stall_id) where stall_id is not null;

create table findings (
  id                bigint generated always as identity primary key,
  rule_id           bigint not null,
  rule_version      int not null,
  school_id         bigint not null,
  school_version    int not null,
  gate_id           bigint,
  origin            text not null,
  venue_id          bigint,
  stall_id          bigint,
  place_key         bigint not null generated always as (coalesce(venue_id, -stall_id)) stored,
  venue_version     int not null,
  door_id           bigint,
  target            text not null,
  venue_kind        text collate "C" not null,
  region_code       text collate "C",
  jurisdiction_basis text not null check (jurisdiction_basis in ('both', 'school', 'venue')),
  state             text not null check (state in ('suspected', 'borderline', 'needs_field_measure', 'legacy', 'exempt')),
  reason            text,
  is_inside         boolean,
  distance_m        float8 not null,
  uncertainty_m     float8 not null,
  threshold_m       float8 not null,
  legacy_until      date,
  line_m            geometry not null,
  first_detected_at timestamptz not null,
  valid_from        timestamptz not null,
  valid_to          timestamptz,
  ended_reason      text check (ended_reason in ('superseded', 'venue_closed', 'school_closed', 'gate_closed', 'rule_not_in_force', 'out_of_reach')),
  created_at        timestamptz not null default now(),
  check (num_nonnulls(venue_id, stall_id) = 1),
  check ((valid_to is null) = (ended_reason is null))
);
-- No foreign keys: rows come from a join over the referenced tables under the writer lock, and those rows are never
-- deleted; checking four keys per row would triple the time of a full detection.
comment on table findings is 'Derived: what a rule flags, with its evidence. Open rows (valid_to is null) are current, the rest is history.';
comment on column findings.is_inside is 'Whether distance_m satisfies the rule''s comparator; null when the metric cannot answer yet.';
comment on column findings.line_m is 'The measured line from the school to the venue, in the metric CRS.';
create unique index findings_current on findings (rule_id, school_id, place_key) where valid_to is null;
create index findings_school on findings (school_id) where valid_to is null;
create index findings_venue on findings (venue_id) where valid_to is null;
create index findings_stall on findings (stall_id) where valid_to is null and stall_id is not null;
create index findings_ended on findings (valid_to) where valid_to is not null;

create table zones (
  id           bigint generated always as identity primary key,
  school_id    bigint not null,
  measure_from text not null,
  metric       text not null,
  threshold_m  float8 not null,
  rule_codes   text[] not null,
  region_code  text collate "C",
  geom         geometry(MultiPolygon, 4326) not null,
  geom_3857    geometry(MultiPolygon, 3857) generated always as (st_transform(geom, 3857)) stored,
  valid_from   timestamptz not null default app_now(),
  valid_to     timestamptz,
  created_at   timestamptz not null default app_now()
);
comment on table zones is 'Derived: drawn rings, 32 segments per quadrant. For display only, never for deciding.';
create unique index zones_current on zones (school_id, measure_from, metric, threshold_m) where valid_to is null;
create index zones_geom_3857 on zones using gist (geom_3857) where valid_to is null;
create index zones_region on zones (region_code) where valid_to is null;

create table detection_runs (
  id            bigint generated always as identity primary key,
  scope         text not null,
  evaluated_on  date not null,
  opened        int not null,
  superseded    int not null,
  ended         int not null,
  created_at    timestamptz not null default app_now()
);
comment on table detection_runs is 'One row per recompute; the latest evaluated_on tells whether the day has turned since.';
