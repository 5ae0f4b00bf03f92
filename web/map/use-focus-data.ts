import { computed } from 'vue'
import { formatMetres } from '../format/numbers.ts'
import { useFocus } from '../stores/focus.ts'
import { collection, type LineFeature, lineFeature, midpoint, type PointFeature, pointFeature } from './geometry.ts'

/** Selected line with its metres, endpoints, rings and the position being edited, as data for the focus layers. */
export function useFocusData() {
  const focus = useFocus()

  const lines = computed(() => {
    const features: LineFeature[] = focus.related.map(({ id, geometry, properties }) =>
      lineFeature(geometry.coordinates, { id, role: 'related', state: properties.state }),
    )
    const finding = focus.evidence?.finding
    if (finding) {
      features.push(lineFeature(finding.geometry.coordinates, { role: 'selected', state: finding.properties.state }))
    }
    return collection(features)
  })

  const points = computed(() => {
    const features: PointFeature[] = []
    if (focus.evidence) {
      const { finding, from_position, to_position } = focus.evidence
      const { state, distance_m, threshold_m } = finding.properties
      const text = `${formatMetres(distance_m, threshold_m)} m`
      const is_point = distance_m < 1
      if (!is_point) features.push(pointFeature(from_position, { role: 'from', state }))
      features.push(
        pointFeature(to_position, { role: 'to', state }),
        pointFeature(midpoint(finding.geometry.coordinates), { role: 'label', state, text, is_point }),
      )
    }
    if (focus.marked) features.push(pointFeature(focus.marked, { role: 'marked' }))
    if (focus.hover) features.push(pointFeature(focus.hover.position, { role: 'hover' }))
    if (focus.draft) features.push(pointFeature(focus.draft, { role: 'draft' }))
    return collection(features)
  })

  return { lines, points }
}
