-- Law as data: a source is one document, a rule is one testable sentence of it.

create table rule_sources (
  id             bigint generated always as identity primary key,
  code           text not null unique,
  title          text not null,
  doc_no         text,
  issuer         text not null,
  jurisdiction   char(6) not null check (jurisdiction ~ '^[0-9]{6}$'),
  level          text not null check (level in ('law', 'admin_regulation', 'local_regulation', 'government_rule', 'normative_document', 'policy', 'standard', 'action_plan', 'demo')),
  promulgated_on date,
  effective_from date,
  effective_to   date,
  url            text,
  evidence_grade char(1) not null check (evidence_grade in ('A', 'B', 'C', 'S')),
  notes          text,
  created_at     timestamptz not null default app_now()
);
comment on table rule_sources is 'One legal or policy document. jurisdiction is a GB/T 2260 code, 000000 national.';

create table rules (
  id                 bigint generated always as identity primary key,
  code               text not null unique,
  source_id          bigint not null references rule_sources,
  article            text,
  title_zh           text not null,
  title_en           text not null,
  summary_zh         text not null,
  summary_en         text not null,
  official_text      text,
  evidence_grade     char(1) not null check (evidence_grade in ('A', 'B', 'C', 'S')),
  jurisdiction       char(6) not null check (jurisdiction ~ '^[0-9]{6}$'),
  venue_kinds        text[] not null check (cardinality(venue_kinds) > 0),
  school_kinds       text[] not null check (cardinality(school_kinds) > 0),
  threshold_m        float8 not null check (threshold_m between 0 and 2000),
  comparator         text not null check (comparator in ('lt', 'lte')),
  measure_from       text not null check (measure_from in ('boundary_any', 'gate_any', 'gate_main', 'gate_student', 'drawn_polygon', 'campus_inside')),
  measure_to         text not null check (measure_to in ('door_nearest', 'door_any', 'door_main', 'footprint_edge', 'licence_point', 'any')),
  metric             text not null check (metric in ('straight', 'walking')),
  severity           text not null check (severity in ('prohibit', 'restrict', 'inspect')),
  owner_department   text not null,
  co_departments     text[] not null default '{}',
  grandfather_policy text not null default 'none' check (grandfather_policy in ('none', 'until_licence_expiry', 'at_renewal_or_change', 'guided_exit', 'fixed_date', 'predates_school')),
  grandfather_before date,
  grandfather_until  date,
  exempts_internal   boolean not null default false,
  effective_from     date not null,
  effective_to       date,
  status             text not null default 'draft' check (status in ('draft', 'reviewed', 'active', 'retired')),
  notes              text,
  version            int not null default 1,
  valid_from         timestamptz not null default app_now(),
  valid_to           timestamptz,
  created_at         timestamptz not null default app_now(),
  check (effective_to is null or effective_to >= effective_from),
  check (grandfather_policy <> 'fixed_date' or grandfather_until is not null)
);
comment on table rules is 'Versioned rules; only active ones in force on the day produce findings.';
comment on column rules.official_text is 'Filled by the site''s legal reviewer from the official gazette; empty as shipped.';
comment on column rules.comparator is 'lt: a distance below threshold_m is inside; lte: a distance up to and including it.';
create index rules_source on rules (source_id);

-- jurisdiction_prefix: what region codes inside the jurisdiction begin with ('' national, '41' province, '4109' city).
create view rules_in_force as
select r.*, regexp_replace(r.jurisdiction, '(00)+$', '') as jurisdiction_prefix
from rules r
where r.status = 'active' and r.effective_from <= app_today()
  and (r.effective_to is null or r.effective_to >= app_today());
comment on view rules_in_force is 'Rules that produce findings today.';

create table drawn_zones (
  id          bigint generated always as identity primary key,
  school_id   bigint not null references schools,
  purpose     text not null,
  approved_by text,
  approval_no text,
  approved_on date,
  boundary    geometry(MultiPolygon, 4326) not null check (st_isvalid(boundary)),
  boundary_m  geometry generated always as (to_measure(boundary)) stored,
  status      text not null default 'open' check (status in ('open', 'closed')),
  version     int not null default 1,
  valid_from  timestamptz not null default app_now(),
  valid_to    timestamptz,
  created_at  timestamptz not null default app_now()
);
comment on table drawn_zones is 'Ban areas drawn and published by a township or office (rules measured from drawn_polygon).';
create index drawn_zones_school on drawn_zones (school_id);
