/** Draws the driver: the one entry into this folder. */
import { drawCabin } from './cabin.js'
import { nearEye, paintEyes } from './eyes.js'
import { buildHeadMesh, type Mesh } from './head-mesh.js'
import { expose } from './lens.js'
import { DASHBOARD_LAMP, type Lamp, radiance } from './light.js'
import { rasterize, type Visible } from './rasterize.js'
import { paintSkin } from './skin.js'
import { blankSurface, type Surface, turnSurface } from './surface.js'
import { type Pose, pinhole, type Rotation, rotation } from './view.js'

/**
 * The driver's state in one frame.
 * `lidsClosed`: 0 open, 1 closed, the driver's own left and right; angles as in Pose; `gazeYawDegrees`: the eyeballs'
 * turn within the head, to the driver's left; `lamp`: where the infrared lamps are; `seed`: the camera's grain.
 */
export type Driver = Pose & {
  lidsClosed: { left: number; right: number }
  gazeYawDegrees?: number
  lamp?: Lamp
  seed: number
}

/** Draws one frame: `width` × `height` px, BGR, row by row. The same driver gives the same bytes. */
export type DrawDriver = (driver: Driver, width: number, height: number) => Uint8Array

/** The person: chooses the grain of skin and hair. */
const PERSON = 11

/** The surface at a pixel: between the corners of the triangle seen there. Plain numbers throughout: this runs 50,000 times a frame. */
const fillSurface = (surface: Surface, { positions, normals, openness, triangles }: Mesh, visible: Visible, pixel: number): void => {
  const index = visible.triangle[pixel] ?? 0
  const second = visible.second[pixel] ?? 0
  const third = visible.third[pixel] ?? 0
  const first = 1 - second - third
  const a = triangles[index] ?? 0
  const b = triangles[index + 1] ?? 0
  const c = triangles[index + 2] ?? 0
  surface.x = first * (positions[a * 3] ?? 0) + second * (positions[b * 3] ?? 0) + third * (positions[c * 3] ?? 0)
  surface.y = first * (positions[a * 3 + 1] ?? 0) + second * (positions[b * 3 + 1] ?? 0) + third * (positions[c * 3 + 1] ?? 0)
  surface.z = first * (positions[a * 3 + 2] ?? 0) + second * (positions[b * 3 + 2] ?? 0) + third * (positions[c * 3 + 2] ?? 0)
  surface.nx = first * (normals[a * 3] ?? 0) + second * (normals[b * 3] ?? 0) + third * (normals[c * 3] ?? 0)
  surface.ny = first * (normals[a * 3 + 1] ?? 0) + second * (normals[b * 3 + 1] ?? 0) + third * (normals[c * 3 + 1] ?? 0)
  surface.nz = first * (normals[a * 3 + 2] ?? 0) + second * (normals[b * 3 + 2] ?? 0) + third * (normals[c * 3 + 2] ?? 0)
  surface.openness = first * (openness[a] ?? 0) + second * (openness[b] ?? 0) + third * (openness[c] ?? 0)
}

/** A pose as painted: all but the eyes, and the pixels where the eyes are. */
type Posed = { key: string; picture: Float32Array; visible: Visible; eyePixels: readonly number[] }

const paintPose = (key: string, cabin: Float32Array, mesh: Mesh, visible: Visible, turn: Rotation, lamp: Lamp): Posed => {
  const picture = cabin.slice()
  const eyePixels: number[] = []
  const surface = blankSurface()
  for (let pixel = 0; pixel < picture.length; pixel++) {
    if ((visible.triangle[pixel] ?? -1) < 0) continue
    fillSurface(surface, mesh, visible, pixel)
    if (nearEye(surface)) {
      eyePixels.push(pixel)
      continue
    }
    paintSkin(surface, PERSON)
    turnSurface(surface, turn)
    picture[pixel] = radiance(surface, lamp)
  }
  return { key, picture, visible, eyePixels }
}

/**
 * Prepares the head (about a second of work) and gives the function that draws it. Cabins are kept, and the last pose:
 * a frame in which only the lids move costs a quarter of one in which the head does.
 */
export const createPainter = (): DrawDriver => {
  const mesh = buildHeadMesh()
  const cabins = new Map<string, Float32Array>()
  let last: Posed | null = null

  const cabinFor = (width: number, height: number, lamp: Lamp): Float32Array => {
    const key = [width, height, ...lamp].join(' ')
    const cabin = cabins.get(key) ?? drawCabin(width, height, lamp)
    cabins.set(key, cabin)
    return cabin
  }

  return (driver, width, height) => {
    const lamp = driver.lamp ?? DASHBOARD_LAMP
    const turn = rotation(driver)
    const key = [driver.yawDegrees, driver.pitchDegrees, driver.rollDegrees, width, height, ...lamp].join(' ')
    if (last?.key !== key) {
      const visible = rasterize(mesh, driver, pinhole(width, height), width, height)
      last = paintPose(key, cabinFor(width, height, lamp), mesh, visible, turn, lamp)
    }
    const picture = last.picture.slice()
    const surface = blankSurface()
    const eyes = { ...driver.lidsClosed, gazeYawDegrees: driver.gazeYawDegrees ?? 0 }
    for (const pixel of last.eyePixels) {
      fillSurface(surface, mesh, last.visible, pixel)
      paintSkin(surface, PERSON)
      paintEyes(surface, eyes)
      turnSurface(surface, turn)
      picture[pixel] = radiance(surface, lamp)
    }
    return expose(picture, width, height, driver.seed)
  }
}
