/** A false /dev: nodes and the links that udev makes to them, so that cameras can be plugged in and pulled out. */
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export type Plugged = {
  /** Its first number; each stream takes the next. */
  number: number
  /** "046d_HD_Webcam"; null: its twin of the same make has the name. */
  id?: string | null
  /** The port of the hub: "1.2". */
  socket?: string
  /** Interface and index of each stream; usual is a picture, and what goes with it. */
  streams?: readonly [string, number][]
}

const USUAL: readonly [string, number][] = [
  ['1.0', 0],
  ['1.0', 1],
]

export function createTree() {
  const dev = path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-dev-')), 'dev')
  const folders = ['by-id', 'by-path'].map((name) => path.join(dev, 'v4l', name))
  for (const folder of folders) mkdirSync(folder, { recursive: true })
  const file = (name: string) => path.join(dev, name)
  const link = (name: string, number: number) => {
    rmSync(file(name), { force: true })
    symlinkSync(`../../video${number}`, file(name))
  }
  return {
    file,
    /** The names that udev would give: by make, by socket, and again by socket as newer ones do. */
    plug({ number, id = null, socket = '1.1', streams = USUAL }: Plugged) {
      streams.forEach(([part, index], offset) => {
        writeFileSync(file(`video${number + offset}`), 'no camera')
        if (id !== null) link(`v4l/by-id/usb-${id}-video-index${index}`, number + offset)
        for (const usb of ['usb', 'usbv2'])
          link(`v4l/by-path/platform-fd500000.pcie-pci-0000:01:00.0-${usb}-0:${socket}:${part}-video-index${index}`, number + offset)
      })
    },
    /** One that hangs on no USB, as a Pi's decoders and its ribbon camera do. */
    plugOther(number: number, name: string) {
      writeFileSync(file(`video${number}`), 'no camera')
      link(`v4l/by-path/${name}-video-index0`, number)
    },
    pull(number: number, count = 2) {
      for (let n = number; n < number + count; n++) {
        rmSync(file(`video${n}`), { force: true })
        for (const folder of folders)
          for (const name of readdirSync(folder))
            if (readlinkSync(path.join(folder, name)) === `../../video${n}`) rmSync(path.join(folder, name))
      }
    },
    remove: () => rmSync(path.dirname(dev), { recursive: true }),
  }
}
