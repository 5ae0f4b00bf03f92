import type { FindingEvidence } from '../api/types.ts'
import { formatMoment } from './dates.ts'
import { cgcs2000Meridian, formatMetres, formatPosition, formatThreshold, formatUncertainty } from './numbers.ts'

type Translate = (key: string, values?: Record<string, unknown>) => string
export type EvidenceLabels = { t: Translate; lang: 'zh-CN' | 'en'; venueKind: (code: string) => string }

/** Where the measure starts, in words: boundary, the gate by name and kind, point, drawn zone. */
export function originText({ t }: EvidenceLabels, { origin, gate_name }: { origin: string; gate_name: string | null }) {
  const name = t(`origin.${origin}`)
  return origin === 'gate' && gate_name ? `${name}（${gate_name}）` : name
}

/** Threshold with its comparator in words: whether the limit itself is inside. */
export const thresholdText = ({ t }: EvidenceLabels, p: { threshold_m: number; comparator: string }): string =>
  t(`comparator.${p.comparator}`, { metres: formatThreshold(p.threshold_m) })

/** Metric zone and scale factor that turned the plane distance into the stated one. */
export function methodText({ t }: EvidenceLabels, { method, finding }: FindingEvidence): string {
  const meridian = cgcs2000Meridian(method.measure_srid)
  const crs =
    meridian === null ? `EPSG:${method.measure_srid}` : t('method.cgcs2000', { meridian, srid: method.measure_srid })
  return t('method.detail', {
    crs,
    planar: method.planar_m.toFixed(3),
    scale: method.scale.toFixed(8),
    distance: finding.properties.distance_m.toFixed(3),
  })
}

function citation({ rule }: FindingEvidence, t: Translate): string {
  const parts = [`《${rule.source_title}》${rule.article ?? ''}`, rule.source_doc_no, rule.source_issuer]
  return [...parts, t(`grade.${rule.evidence_grade}`)].filter(Boolean).join(' · ')
}

/** The finding as plain text for a letter or a chat: everything a colleague needs to check it. */
export function evidenceText(evidence: FindingEvidence, labels: EvidenceLabels): string {
  const { t } = labels
  const { finding, rule } = evidence
  const p = finding.properties
  const isChinese = labels.lang === 'zh-CN'
  const line = (key: string, value: string) => `${t(`finding.${key}`)}${isChinese ? '：' : ': '}${value}`
  const metres = `${formatMetres(p.distance_m, p.threshold_m)} m ± ${formatUncertainty(p.uncertainty_m)} m`
  return [
    `【${t(`state.${p.state}`)}】${p.venue_name}（${labels.venueKind(p.venue_kind)}）— ${p.school_name}`,
    line('rule', `${isChinese ? rule.title_zh : rule.title_en}（${rule.code} v${rule.version}）`),
    line('citation', citation(evidence, t)),
    line('distance', `${metres}，${thresholdText(labels, p)}`),
    line('method', `${t(`metric.${p.metric}`)}；${originText(labels, p)} → ${t(`target.${p.target}`)}`),
    line('from', `${p.school_name} ${originText(labels, p)} ${formatPosition(evidence.from_position)} (WGS-84)`),
    line('to', `${p.venue_name} ${t(`target.${p.target}`)} ${formatPosition(evidence.to_position)} (WGS-84)`),
    line('computation', methodText(labels, evidence)),
    ...(p.reason ? [line('reason', t(`reason.${p.reason}`))] : []),
    ...(p.licence_expires_on ? [line('licence', p.licence_expires_on)] : []),
    line('owner', p.owner_department),
    line('first_detected', formatMoment(p.first_detected_at)),
    line(
      'versions',
      t('finding.versions_text', { rule: p.rule_version, school: p.school_version, venue: p.venue_version }),
    ),
    t('disclaimer'),
  ].join('\n')
}
