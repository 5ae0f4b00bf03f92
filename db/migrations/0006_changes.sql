create table changes (
  id         bigint generated always as identity primary key,
  action     text not null,
  actor      text not null,
  scope      text not null,
  opened     int not null,
  superseded int not null,
  ended      int not null,
  created_at timestamptz not null default app_now()
);
comment on table changes is 'One line per committed change of reference data: what, by whom, and what it did to findings.';
