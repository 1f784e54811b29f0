/// <reference lib="dom" />
/** The live picture with the face, the eyes and the part that is not watched; and the two patches as the network sees them. */
import type { Shown } from '../messages.js'

// As in locate/driver.ts: a face on the driver's side may reach two thirds into the picture.
const SIDE_ENDS_AT = 2 / 3
const OPEN = '#37d067'
const CLOSED = '#ff3b30'
const FACE = '#ffd60a'

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no canvas')
  return context
}

function drawUnwatched(context: CanvasRenderingContext2D, side: Shown['driverSide'], says: string): void {
  if (side === 'auto') return
  const { width, height } = context.canvas
  const from = side === 'left' ? SIDE_ENDS_AT * width : 0
  context.fillStyle = 'rgba(20, 24, 28, .6)'
  context.fillRect(from, 0, (1 - SIDE_ENDS_AT) * width, height)
  context.fillStyle = '#fff'
  context.font = '16px system-ui, sans-serif'
  context.fillText(says, from + 8, height - 10)
}

function drawFace(context: CanvasRenderingContext2D, { observation, closedAbove }: Shown, scale: number): void {
  const { face, left, right } = observation
  context.lineWidth = 2
  if (face !== null) {
    const [x, y, width, height] = face.box
    context.strokeStyle = FACE
    context.strokeRect(x * scale, y * scale, width * scale, height * scale)
  }
  for (const eye of [left, right]) {
    if (eye === null) continue
    const side = eye.size * scale
    context.save()
    context.translate(eye.center[0] * scale, eye.center[1] * scale)
    context.rotate(((face?.roll ?? 0) * Math.PI) / 180)
    context.strokeStyle = eye.closed >= closedAbove ? CLOSED : OPEN
    context.strokeRect(-side / 2, -side / 2, side, side)
    context.restore()
  }
}

/** Resolves when the picture is drawn. @param notWatched the words for it */
export async function drawPicture(canvas: HTMLCanvasElement, shown: Shown, notWatched: string): Promise<void> {
  if (shown.picture === null) return
  const image = new Image()
  image.src = `data:image/jpeg;base64,${shown.picture.jpeg}`
  await image.decode()
  if (canvas.width !== image.naturalWidth || canvas.height !== image.naturalHeight) {
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
  }
  const context = contextOf(canvas)
  context.drawImage(image, 0, 0)
  drawUnwatched(context, shown.driverSide, notWatched)
  drawFace(context, shown, canvas.width / shown.picture.widthPx)
}

type Patch = NonNullable<Shown['picture']>['patches']['left']

/** Empty where the eye was not located. */
export function drawPatch(canvas: HTMLCanvasElement, patch: Patch): void {
  const context = contextOf(canvas)
  context.clearRect(0, 0, canvas.width, canvas.height)
  if (patch === null) return
  canvas.width = canvas.height = patch.side
  const pixels = context.createImageData(patch.side, patch.side)
  bytesOf(patch.gray).forEach((gray, index) => {
    pixels.data.set([gray, gray, gray, 255], 4 * index)
  })
  context.putImageData(pixels, 0, 0)
}
