import type { FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { every, layers, type StyleInput, visible } from './input.ts'
import { groupColour, INK } from './palette.ts'
import { DETAIL_ZOOM } from './sources.ts'
import { byZoom } from './text.ts'

/**
 * Two renderings of one kind list: kinds a rule can speak of carry an icon from z13.5, all others are grey dots from
 * z15. The list of regulated kinds is data, so it comes with the input.
 */
export type VenueStyle = { regulated: readonly string[]; groups: readonly string[] }

type Place = { id: string; source: Record<string, string>; isOn: boolean; filter: FilterSpecification | null }

function places(input: StyleInput): Place[] {
  const isOn = input.layers.includes('venues')
  const isLive = input.venues.mode === 'live'
  return [
    {
      id: 'venue',
      source: { source: 'venues', 'source-layer': 'venues' },
      isOn: isOn && !isLive,
      filter: input.venues.mode === 'tiles' ? input.venues.filter : null,
    },
    { id: 'venue-live', source: { source: 'live-venues' }, isOn: isOn && isLive, filter: null },
  ]
}

const notCluster = ['!', ['has', 'count']] as never

export function venueLayers(input: StyleInput, { regulated, groups }: VenueStyle): LayerSpecification[] {
  if (!input.tiles.venues) return []
  const isRegulated = ['in', ['get', 'kind'], ['literal', regulated]] as never
  const colour = ['match', ['get', 'group'], ...groups.flatMap((group) => [group, groupColour(group)]), groupColour('')]
  return layers(
    places(input).flatMap(({ id, source, isOn, filter }) => {
      // What was asked for by filter is shown whole, at every zoom; unasked, places wait for a closer look.
      const isLive = id === 'venue-live'
      return [
        {
          id: `${id}-minor`,
          type: 'circle',
          ...source,
          minzoom: isLive ? 0 : 15,
          filter: every(notCluster, ['!', isRegulated] as never, filter),
          layout: visible(isOn),
          paint: {
            'circle-color': INK.venue_dot,
            'circle-radius': byZoom(
              [
                [12, 2],
                [15, 2],
                [18, 4.5],
              ],
              1,
            ),
            'circle-stroke-color': INK.halo,
            'circle-stroke-width': 0.8,
          },
        },
        {
          id: `${id}-dot`,
          type: 'circle',
          ...source,
          minzoom: isLive ? 0 : DETAIL_ZOOM,
          filter: every(notCluster, isRegulated, filter),
          layout: visible(isOn),
          paint: {
            'circle-color': colour,
            'circle-radius': byZoom(
              [
                [12, 1.8],
                [14, 3],
                [16, 4],
              ],
              1,
            ),
            'circle-stroke-color': INK.halo,
            'circle-stroke-width': 0.8,
          },
        },
        {
          id: `${id}-icon`,
          type: 'symbol',
          ...source,
          minzoom: 13.5,
          filter: every(notCluster, isRegulated, filter),
          layout: {
            ...visible(isOn),
            'icon-image': ['concat', 'venue|', ['coalesce', ['get', 'group'], ''], '|', ['get', 'kind']],
            'icon-size': byZoom(
              [
                [13.5, 0.6],
                [16, 0.9],
                [18, 1.1],
              ],
              1,
            ),
            'icon-padding': 1,
          },
        },
      ]
    }),
  )
}

export function stallLayers(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.venues) return []
  return layers([
    {
      id: 'stall-icon',
      type: 'symbol',
      source: 'venues',
      'source-layer': 'stalls',
      minzoom: 13.5,
      filter: every(input.stalls),
      layout: {
        ...visible(input.layers.includes('stalls')),
        'icon-image': 'venue|stall|street_stall',
        'icon-size': byZoom(
          [
            [13.5, 0.5],
            [16, 0.85],
            [18, 1.05],
          ],
          1,
        ),
        'icon-padding': 0,
        'icon-allow-overlap': true,
      },
    },
  ])
}
