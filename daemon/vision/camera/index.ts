/**
 * Chooses the camera. To add one: a file with a function that opens it, a row in `open` (the compiler asks for it once the
 * configuration knows the kind), and a call of the contract test.
 */
import path from 'node:path'
import type { Config } from '../../config/schema.js'
import { openCsiCamera } from './csi.js'
import { openFileCamera } from './file.js'
import type { Absent } from './remembered.js'
import { readScript, scriptedCamera } from './scripted.js'
import { type Camera, CameraError } from './types.js'
import { openUsbCamera } from './usb.js'

type CameraConfig = Config['camera']

const needed = (value: string | null, key: string): string => {
  if (value === null) throw new CameraError('camera-missing', `${key} is not set in the configuration, and this kind of camera needs it`)
  return value
}

const open: Record<CameraConfig['kind'], (config: CameraConfig, remembered: Absent | null) => Camera> = {
  usb: (config, remembered) => openUsbCamera(config, remembered),
  csi: (config) => openCsiCamera({ ...config, ...config.csi }),
  file: ({ file, ...config }) => openFileCamera({ ...config, ...file, clock: 'monotonic', path: needed(file.path, 'camera.file.path') }),
  scripted: ({ scripted, ...mounting }) => {
    const file = needed(scripted.path, 'camera.scripted.path')
    return scriptedCamera(readScript(file), path.dirname(file), mounting)
  },
}

/**
 * Opens the configured camera.
 * @param remembered the camera that was watched before under this configuration; only a webcam has need of it
 * @throws CameraError with what is wrong and what to do
 */
export const openCamera = (config: CameraConfig, remembered: Absent | null): Camera => open[config.kind](config, remembered)
