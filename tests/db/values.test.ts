import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeParameters } from '../../db/values.ts'
import { enginesUnderTest, failure, type TestDatabase } from './databases.ts'

describe('parameters', () => {
  it('become PostgreSQL text', () => {
    const encoded = encodeParameters([
      null,
      undefined,
      'a"b',
      1.5,
      12345678901234567890n,
      true,
      new Date(0),
      { a: [1] },
      ['x', null, 'y"\\{}'],
      [
        [1, 2],
        [3, 4],
      ],
      Float64Array.of(1, 0.5),
      [],
      [Uint8Array.of(1, 255)],
      [{ a: 1 }],
    ])
    expect(encoded).toEqual([
      null,
      null,
      'a"b',
      '1.5',
      '12345678901234567890',
      'true',
      '1970-01-01T00:00:00.000Z',
      '{"a":[1]}',
      '{"x",NULL,"y\\"\\\\{}"}',
      '{{1,2},{3,4}}',
      '{1,0.5}',
      '{}',
      '{"\\\\x01ff"}',
      '{"{\\"a\\":1}"}',
    ])
    expect(encodeParameters([Uint8Array.of(1, 255)])).toEqual([Buffer.from([1, 255])])
  })

  it.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['NaN in an array', [1, Number.NaN]],
    ['NaN in a nested array', [[1], [Number.NaN]]],
    ['-infinity in a typed array', Float64Array.of(1, Number.NEGATIVE_INFINITY)],
    ['NaN in a GeoJSON object', { type: 'Point', coordinates: [1, Number.NaN] }],
    ['NaN in an object in an array', [{ a: Number.NaN }]],
  ])('%s is refused', (_name, value) => {
    expect(() => encodeParameters([value])).toThrow(expect.objectContaining({ code: '22003' }))
  })

  it('an invalid date and a function are refused', () => {
    expect(() => encodeParameters([new Date('x')])).toThrow(expect.objectContaining({ code: '22023' }))
    expect(() => encodeParameters([() => 1])).toThrow(expect.objectContaining({ code: '22023' }))
  })
})

describe.each(enginesUnderTest)('values on $name', ({ open, missing }) => {
  let database: TestDatabase
  beforeAll(async () => {
    if (!missing) database = await open()
  }, 120_000)
  afterAll(() => database?.drop())

  it.skipIf(missing)('are read as the same JavaScript', async () => {
    const { rows } = await sql`
      select 42::int8 as int8, array[1, null, 9007199254740991]::int8[] as int8s, 1.25::numeric as numeric,
        array[0.5, 2]::numeric[] as numerics, 0.1::float8 as float8, array[1.5]::float8[] as float8s, 7::int2 as int2,
        true as bool, array[true, false] as bools, date '2026-02-28' as date, array[date '0999-12-31'] as dates,
        timestamptz '2026-11-23 08:00:00.123+08' as timestamptz, array[timestamptz 'epoch'] as timestamptzs,
        timestamp '2026-11-23 08:00:00' as timestamp, interval '1 day 2 hours' as interval,
        '{"a":[1,{"b":null}]}'::json as json, '[1,"二"]'::jsonb as jsonb, array['{"a":1}'::jsonb] as jsonbs,
        '\\x00ff'::bytea as bytea, array['\\x01'::bytea] as byteas, array['a','b"c',null,'校,安'] as texts,
        null::int8 as nothing, '{}'::text[] as empty, '{{1,2},{3,4}}'::int[] as matrix,
        'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid as uuid, int8range(1, 5) as range, tstzrange(null, 'epoch') as period
    `.execute(database.db)
    expect(rows).toEqual([
      {
        int8: 42,
        int8s: [1, null, Number.MAX_SAFE_INTEGER],
        numeric: 1.25,
        numerics: [0.5, 2],
        float8: 0.1,
        float8s: [1.5],
        int2: 7,
        bool: true,
        bools: [true, false],
        date: '2026-02-28',
        dates: ['0999-12-31'],
        timestamptz: new Date('2026-11-23T00:00:00.123Z'),
        timestamptzs: [new Date(0)],
        timestamp: '2026-11-23 08:00:00',
        interval: '1 day 02:00:00',
        json: { a: [1, { b: null }] },
        jsonb: [1, '二'],
        jsonbs: [{ a: 1 }],
        bytea: Buffer.from([0, 255]),
        byteas: [Buffer.from([1])],
        texts: ['a', 'b"c', null, '校,安'],
        nothing: null,
        empty: [],
        matrix: [
          [1, 2],
          [3, 4],
        ],
        uuid: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
        range: '[1,5)',
        period: '(,"1970-01-01 00:00:00+00")',
      },
    ])
  })

  it.skipIf(missing)('come back as they were given', async () => {
    const given = {
      text: '校安图 "quoted" \\ {a,b} \n 𠮷',
      texts: ['', 'NULL', 'null', ' ', '"', '\\', '{', ',', '二'],
      doubles: [0.1, -1e-300, 1.7976931348623157e308, 5e-324],
      at: new Date('2026-11-23T01:02:03.004Z'),
      bytes: Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
      json: { text: '\\u0041 "x"', deep: [[{ a: null }]], big: 9007199254740991 },
    }
    const { rows } = await sql`
      select ${given.text}::text as text, ${given.texts}::text[] as texts, ${given.doubles}::float8[] as doubles,
        ${given.at}::timestamptz as at, ${given.bytes}::bytea as bytes, ${given.json}::jsonb as json
    `.execute(database.db)
    expect(rows).toEqual([given])
  })

  it.skipIf(missing)('a bigint beyond 2^53 is an error, not a rounded number', async () => {
    const error = await failure(sql`select 9007199254740993::int8`.execute(database.db))
    expect(error.code).toBe('22003')
    expect((await sql`select 9007199254740993::int8::text as t`.execute(database.db)).rows).toEqual([
      { t: '9007199254740993' },
    ])
  })

  it.skipIf(missing)('NaN is refused before it reaches the database', async () => {
    await sql`create table numbers (x float8, xs float8[])`.execute(database.db)
    for (const bad of [
      sql`insert into numbers (x) values (${Number.NaN})`,
      sql`insert into numbers (xs) values (${[1, 1 / 0]})`,
    ]) {
      expect((await failure(bad.execute(database.db))).code).toBe('22003')
    }
    expect((await sql`select * from numbers`.execute(database.db)).rows).toEqual([])
  })

  it.skipIf(missing)('bulk inserts by unnest count their rows', async () => {
    await sql`create table points (id int, geom geometry(Point, 4326))`.execute(database.db)
    const ids = Int32Array.from({ length: 5000 }, (_, i) => i)
    const lons = Float64Array.from(ids, (i) => 114 + i / 1e5)
    const result = await sql`
      insert into points select id, ST_Point(lon, 30, 4326) from unnest(${ids}::int[], ${lons}::float8[]) as t(id, lon)
    `.execute(database.db)
    expect(result.numAffectedRows).toBe(5000n)
    const { rows } = await sql`select count(*), max(ST_X(geom)) as lon from points`.execute(database.db)
    expect(rows).toEqual([{ count: 5000, lon: lons.at(-1) }])
  })

  it.skipIf(missing)('errors of the server have the same class, code and constraint', async () => {
    await sql`create table keyed (id int constraint keyed_pk primary key)`.execute(database.db)
    const error = await failure(sql`insert into keyed values (1), (1)`.execute(database.db))
    expect(error).toMatchObject({ code: '23505', constraint: 'keyed_pk', table: 'keyed', severity: 'ERROR' })
    expect(error.constructor.name).toBe('DatabaseError')
  })
})
