export {
  CODE_SCHEMES,
  SCHOOL_DICTIONARY,
  SCHOOL_EXCLUSIONS,
  type SchoolDictionary,
  type SchoolExclusion,
  VENUE_DICTIONARY,
  type VenueDictionary,
} from './dictionary.ts'
export { classifySchool, type SchoolClass, type SchoolClues } from './school.ts'
export { type ClueSource, classifyVenue, type VenueCandidate, type VenueClass, type VenueClues } from './venue.ts'
