/** Numbers as the page writes them. Metres carry one decimal; three where a tenth would hide the decision. */
export function formatMetres(distance_m: number, threshold_m?: number): string {
  // In whole millimetres, which is what distances are stored to.
  const close = threshold_m !== undefined && Math.abs(Math.round((distance_m - threshold_m) * 1000)) < 100
  return distance_m.toFixed(close ? 3 : 1)
}

/** Uncertainties below a decimetre keep their centimetres: "± 0.0 m" would claim too much. */
export const formatUncertainty = (uncertainty_m: number): string =>
  uncertainty_m.toFixed(uncertainty_m > 0 && uncertainty_m < 0.1 ? 2 : 1)

/** 200 stays "200", 62.5 stays "62.5". */
export const formatThreshold = (threshold_m: number): string => String(Number(threshold_m.toFixed(3)))

/** Lon, lat with seven decimals (about one centimetre), in the order WGS-84 exchange files use. */
export const formatPosition = ([lon, lat]: readonly number[]): string =>
  `${(lon ?? Number.NaN).toFixed(7)}, ${(lat ?? Number.NaN).toFixed(7)}`

export const formatCount = (n: number): string => n.toLocaleString('en-US')

export const formatPercent = (share: number): string => `${Math.round(share * 100)}%`

/** Share of the threshold that the distance takes, 0..1, for the small bar beside the figure. */
export const thresholdShare = (distance_m: number, threshold_m: number): number =>
  threshold_m <= 0 ? 1 : Math.min(1, Math.max(0, distance_m / threshold_m))

/** Central meridian in degrees of the CGCS2000 3-degree zones EPSG:4534 (75 E) to 4554 (135 E); null for others. */
export const cgcs2000Meridian = (srid: number): number | null =>
  srid >= 4534 && srid <= 4554 ? 75 + 3 * (srid - 4534) : null
