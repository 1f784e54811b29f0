/** Whether the name of a webcam will find it after the next start. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultConfig } from '../../daemon/config/index.js'
import { names } from '../../daemon/doctor/names.js'
import { createTree } from '../camera/tree.js'

let tree: ReturnType<typeof createTree>
beforeEach(() => {
  tree = createTree()
})
afterEach(() => tree.remove())

const said = (device: string, kind: 'usb' | 'csi' = 'usb') => names({ ...defaultConfig().camera, kind, device })
const byId = (id: string) => tree.file(`v4l/by-id/usb-${id}-video-index0`)

it('a number will do for one camera, and a name for any', () => {
  tree.plug({ number: 0, id: 'A' })
  expect(said(tree.file('video0'))).toEqual([])
  tree.plug({ number: 2, id: 'B', socket: '1.2' })
  expect(said(byId('B'))).toEqual([])
  expect(said(tree.file('video0'), 'csi')).toEqual([])
})

it('with several cameras a number is doubtful, and their names are listed', () => {
  tree.plug({ number: 0, id: 'A' })
  tree.plug({ number: 2, id: 'B', socket: '1.2' })
  const cure = expect.stringContaining(`${byId('A')} (${tree.file('video0')}), ${byId('B')} (${tree.file('video2')})`)
  expect(said(tree.file('video0'))).toMatchObject([{ status: 'warn', code: 'camera-by-number', cure }])
})

it('a number that is not there is said, with the camera that is taken for it', () => {
  tree.plug({ number: 1, id: 'A' })
  expect(said(tree.file('video0'))).toMatchObject([{ code: 'camera-by-number', cure: expect.stringContaining(byId('A')) }])
  tree.pull(1)
  expect(said(tree.file('video0'))).toEqual([])
})
