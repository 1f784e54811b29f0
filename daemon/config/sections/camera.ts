import { z } from 'zod'
import { path } from './texts.js'

const csi = z
  .strictObject({
    platform: z
      .enum(['auto', 'pi', 'jetson'])
      .default('auto')
      .describe('Which board the ribbon camera hangs on: pi (libcamera), jetson (Argus), or auto to find out.'),
    sensor: z.int().min(0).max(7).default(0).describe('Which of a Jetson’s ribbon cameras, counted from 0; a Pi’s first is watched.'),
  })
  .prefault({})
  .describe('Only for kind: csi.')

const file = z
  .strictObject({
    path: path().nullable().default(null).describe('The recording. Needed for kind: file.'),
    loop: z.boolean().default(false).describe('Begin again at the end of the recording.'),
    realtime: z.boolean().default(true).describe('Keep the pace of the recording; false: as fast as it goes.'),
  })
  .prefault({})
  .describe('Only for kind: file. Runs only with --simulated.')

const scripted = z
  .strictObject({
    path: path().nullable().default(null).describe('The script: frames and faults, as JSON. Needed for kind: scripted.'),
  })
  .prefault({})
  .describe('Only for kind: scripted. Runs only with --simulated.')

export const camera = z
  .strictObject({
    kind: z
      .enum(['usb', 'csi', 'file', 'scripted'])
      .default('usb')
      .describe('usb: a webcam; csi: a ribbon camera; file: a recording; scripted: frames and faults for tests.'),
    device: z
      .string()
      .regex(/^\/./, { error: 'must be the full path of a camera, such as /dev/video0 or one out of /dev/v4l/by-id/' })
      .default('/dev/video0')
      .describe(
        'For kind: usb. A camera named by number is found again under another number. With several cameras write its name out of /dev/v4l/by-id/ or /dev/v4l/by-path/, which stays the same.',
      ),
    widthPx: z.int().min(160).max(3840).default(640).describe('Width of the picture asked of the camera, pixels.'),
    heightPx: z.int().min(120).max(2160).default(480).describe('Height of the picture asked of the camera, pixels.'),
    // Judgement gives the same verdicts at 5 to 60 frames a second (design: "same verdict at 5–60 frames a second").
    fps: z
      .int()
      .min(5)
      .max(60)
      .default(30)
      .describe('Frames a second asked of the camera. Under 15, blink rules are withheld; under 8, the state is degraded.'),
    fourcc: z
      .string()
      .regex(/^[A-Za-z0-9 ]{4}$/, { error: 'must be four characters such as MJPG or YUYV, or null' })
      .nullable()
      .default(null)
      .describe('Pixel format asked of a usb camera, such as MJPG or YUYV; null: what the camera offers first.'),
    mirror: z
      .boolean()
      .default(false)
      .describe('true where the camera delivers a mirrored picture: left and right are the own sides of the driver.'),
    rotateDegrees: z
      .literal([0, 90, 180, 270])
      .default(0)
      .describe('How far the picture must be turned clockwise to stand upright, degrees.'),
    csi,
    file,
    scripted,
  })
  .prefault({})
  .describe('Which camera watches the driver.')
