/** Settings every session has, on both engines: no result may depend on the machine's locale or time zone. */
export const sessionSettings = {
  timezone: 'UTC',
  datestyle: 'ISO,YMD',
  intervalstyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  client_min_messages: 'warning',
}
