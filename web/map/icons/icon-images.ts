import type { FindingState } from '../../stores/filters.ts'
import { groupColour, INK, STATE_COLOURS } from '../style/palette.ts'
import { type Glyph, glyphFor, glyphName, parseGlyph } from './glyphs.ts'
import { BADGES, GATE_SHAPES, HOLLOW_STATES, type Shape, STATE_SHAPES } from './shapes.ts'

const sources = import.meta.glob<string>('./svg/*.svg', { query: '?raw', import: 'default', eager: true })
const GLYPHS: ReadonlyMap<string, Glyph> = new Map(
  Object.entries(sources).map(([path, svg]) => [glyphName(path), parseGlyph(svg)]),
)
export const venueGlyph = (kind: string): Glyph => glyphFor(GLYPHS, kind) ?? []
export const schoolGlyph = (kind: string): Glyph => GLYPHS.get(`school_${kind}`) ?? GLYPHS.get('school_other') ?? []

/** Images are drawn at twice the CSS size (pixelRatio 2) on the 32-unit field of shapes.ts. */
export const PIXEL_RATIO = 2
const FIELD = 32
const MARGIN = 2

type Paint = { fill: string; stroke: string; stroke_width: number; glyph: string; dash?: number[] }

/** Icon names: `finding|<state>|<kind>`, `venue|<group>|<kind>`, `school|<kind>`, `school-point|<kind>`, `gate|<kind>`. */
export function drawIcon(name: string): ImageData | null {
  const [type, a = '', b = ''] = name.split('|')
  switch (type) {
    case 'finding':
      return drawFinding(a as FindingState, b)
    case 'venue':
      return draw(BADGES.venue, venueGlyph(b), solid(groupColour(a)), 22)
    case 'school':
      return draw(BADGES.school, schoolGlyph(a), solid(INK.school), 26)
    case 'school-point':
      return draw(BADGES.school, schoolGlyph(a), { ...outlined(INK.school), dash: [4.2, 2.6] }, 26)
    case 'gate':
      return draw(
        { path: GATE_SHAPES[a] ?? GATE_SHAPES.side ?? '', glyph: BADGES.school.glyph },
        [],
        solid(INK.school),
        16,
      )
    default:
      return null
  }
}

const solid = (colour: string): Paint => ({ fill: colour, stroke: '#ffffff', stroke_width: 2, glyph: '#ffffff' })
const outlined = (colour: string): Paint => ({ fill: '#ffffff', stroke: colour, stroke_width: 2.6, glyph: colour })

function drawFinding(state: FindingState, kind: string): ImageData | null {
  const shape = STATE_SHAPES[state]
  if (!shape) return null
  const colour = STATE_COLOURS[state]
  return draw(shape, venueGlyph(kind), HOLLOW_STATES.includes(state) ? outlined(colour) : solid(colour), 30)
}

/** `size` is the CSS side length of the field. */
function draw(shape: Shape, glyph: Glyph, paint: Paint, size: number): ImageData | null {
  const side = Math.round((size + 2 * MARGIN) * PIXEL_RATIO)
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const context = canvas.getContext('2d')
  if (!context) return null
  const scale = (size * PIXEL_RATIO) / FIELD
  context.setTransform(scale, 0, 0, scale, MARGIN * PIXEL_RATIO, MARGIN * PIXEL_RATIO)
  paintShape(context, new Path2D(shape.path), paint)
  paintGlyph(context, glyph, shape.glyph, paint.glyph)
  return context.getImageData(0, 0, side, side)
}

function paintShape(context: CanvasRenderingContext2D, path: Path2D, paint: Paint) {
  context.lineJoin = 'round'
  context.shadowColor = 'rgba(18, 32, 54, 0.35)'
  context.shadowBlur = 3
  context.shadowOffsetY = 1
  context.fillStyle = paint.fill
  context.fill(path)
  context.shadowColor = 'transparent'
  context.strokeStyle = paint.stroke
  context.lineWidth = paint.stroke_width
  context.setLineDash(paint.dash ?? [])
  context.stroke(path)
  context.setLineDash([])
}

function paintGlyph(context: CanvasRenderingContext2D, glyph: Glyph, at: Shape['glyph'], colour: string) {
  const scale = at.size / 24
  context.translate(at.x - at.size / 2, at.y - at.size / 2)
  context.scale(scale, scale)
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = 2.4
  context.lineCap = 'round'
  for (const { d, is_filled } of glyph) {
    const path = new Path2D(d)
    if (is_filled) context.fill(path)
    else context.stroke(path)
  }
}
