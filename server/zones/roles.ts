/**
 * Bits of school_endpoints.roles and venue_endpoints.roles: which measure_from / measure_to an endpoint answers.
 * A missing endpoint falls back to the next best known one and is marked, so that a rule never silently finds nothing:
 * a school without gates answers gate rules from its boundary, with the bit in fallback_roles too (state
 * needs_field_measure).
 */
export const FROM_ROLE = {
  boundary_any: 1,
  gate_any: 2,
  gate_main: 4,
  gate_student: 8,
  drawn_polygon: 16,
  campus_inside: 32,
} as const

export const TO_ROLE = {
  door_nearest: 1,
  door_any: 2,
  door_main: 4,
  footprint_edge: 8,
  licence_point: 16,
  any: 32,
} as const
