/** What the doctor makes of what it saw: pure, so told in stories. */
import { describe, expect, it } from 'vitest'
import { diagnose as cameraDiagnoses, type Look } from '../../daemon/doctor/camera.js'
import { diagnose as serviceDiagnosis, withoutSystemd } from '../../daemon/doctor/service.js'
import { CLOSED, fedOf, lost, OPEN, stretchOf } from '../judgement/streams.js'

const looked = (
  fps: number,
  look = OPEN,
  change: (each: Look['observations'][number]) => Look['observations'][number] = (each) => each,
): Look => ({
  state: { name: 'running', camera: 'a camera', fps, classifier: 'onnx', instead: null, onCpu: null, size: null, restarts: 0 },
  observations: fedOf([stretchOf(look, 3000)], fps, null).map(({ observation }) => change(observation)),
})
const wide: Parameters<typeof looked>[2] = (each) => ({
  ...each,
  scene: { brightness: 100, sharpness: 400 },
  left: each.left && { ...each.left, size: 60 },
  right: each.right && { ...each.right, size: 60 },
})
const said = (look: Look, askedFps = 30) =>
  cameraDiagnoses(look, askedFps).map(({ status, message, cure }) => `${status}: ${message} → ${cure}`)

describe('a camera', () => {
  it('with a driver before it, open eyes or shut, passes', () => {
    for (const look of [OPEN, CLOSED])
      expect(said(looked(30, look, wide)).map((line) => line.split(':')[0])).toEqual(['pass', 'pass', 'pass', 'pass'])
  })

  it.each<[string, Look, RegExp, number?]>([
    [
      'that gives no frame',
      { state: { name: 'restarting', why: '/dev/video0 is in use', code: null, inMs: 1, restarts: 1 }, observations: [] },
      /^fail: \/dev\/video0 is in use → where that names no cure: is it plugged in/,
    ],
    [
      'that opens and is silent',
      {
        state: { name: 'running', camera: 'c', fps: 30, classifier: 'onnx', instead: null, onCpu: null, size: null, restarts: 0 },
        observations: [],
      },
      /^fail: no frame within 10 s/,
    ],
    ['with few frames', looked(6, OPEN, wide), /^fail: 6\.0 frames a second of 30 asked for → more light/],
    ['with fewer frames than asked for', looked(20, OPEN, wide), /^warn: 20\.0 frames a second/],
    ['with as many as were asked for, under 15', looked(10, OPEN, wide), /^warn: 10\.0 frames a second of 10/, 10],
    [
      'in the dark',
      looked(30, OPEN, (each) => ({ ...wide(each), scene: { brightness: 20, sharpness: 9 } })),
      /warn: brightness 20 of 255: dark → take the cap off/,
    ],
    [
      'in the sun',
      looked(30, OPEN, (each) => ({ ...wide(each), scene: { brightness: 240, sharpness: 9 } })),
      /warn: brightness 240 of 255: too bright/,
    ],
    [
      'out of focus',
      looked(30, OPEN, (each) => ({ ...wide(each), scene: { brightness: 100, sharpness: 36 } })),
      /warn: sharpness of the face 0\.06 .*: out of focus → turn the ring of the lens/,
    ],
    ['before an empty seat', looked(30, lost('no-face')), /warn: no face in view → sit in the driver’s seat/],
    [
      'before dark glasses',
      looked(30, { ...OPEN, left: null, right: null, reason: 'dark-glasses' }),
      /warn: a face in view, and its eyes are not: dark-glasses → .*take dark glasses off/,
    ],
    [
      'too far away',
      looked(30, OPEN, (each) => ({
        ...wide(each),
        left: each.left && { ...each.left, size: 30 },
        right: each.right && { ...each.right, size: 30 },
      })),
      /warn: a face in view, its eyes about 15 px wide.* → move the camera nearer/,
    ],
    [
      'at the driver’s side',
      looked(30, { ...OPEN, yaw: 38 }, wide),
      /warn: a face in view.*38° aside → move the camera in front of the driver/,
    ],
  ])('%s is told with the cure', (_, look, expected, asked) =>
    expect(said(look, asked).join('\n')).toMatch(new RegExp(expected.source, 'm')),
  )
})

describe('the service', () => {
  const shown = (set: Record<string, string>) =>
    serviceDiagnosis(
      Object.entries({
        LoadState: 'loaded',
        UnitFileState: 'enabled',
        ActiveState: 'active',
        Result: 'success',
        NRestarts: '0',
        StatusText: 'Watching /dev/video0',
        ...set,
      })
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    )

  it.each<[string, Record<string, string>, string, RegExp]>([
    ['runs', {}, 'pass', /it runs: Watching \/dev\/video0$/],
    ['was started again', { NRestarts: '3' }, 'pass', /started again 3 times/],
    ['is not installed', { LoadState: 'not-found' }, 'warn', /not installed/],
    ['does not start with the vehicle', { UnitFileState: 'disabled', ActiveState: 'inactive' }, 'warn', /does not start with the vehicle/],
    ['has failed', { ActiveState: 'failed', Result: 'watchdog' }, 'fail', /failed \(watchdog\)/],
    ['stands still', { ActiveState: 'inactive' }, 'warn', /it is inactive/],
  ])('that %s', (_, set, status, message) => {
    const found = shown(set)
    expect(found.status).toBe(status)
    expect(found.message).toMatch(message)
    expect(found.cure === null).toBe(status === 'pass')
  })

  it('that an engine starts in its container is well without systemd; anywhere else nobody would start it', () => {
    expect(withoutSystemd(true)).toMatchObject({ status: 'pass' })
    expect(withoutSystemd(false)).toMatchObject({ status: 'warn', code: 'service-no-systemd' })
  })
})
