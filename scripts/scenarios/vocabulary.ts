/**
 * The words that a story is told with: a phrase a line, with its meaning. To add one, add a line here.
 * `{s}` stands for a time (`0.4 s`, `10 min`), `{n}` for a number. Head angles follow the recordings (`replay --observations`).
 */
import type { Reason } from '../../daemon/observation.js'
import { blinking, drooping } from './lids.js'
import type { Look } from './look.js'
import type { Stage } from './stage.js'

export type Phrase = { template: string; perform(stage: Stage, values: readonly number[]): void }

const phrase = (template: string, perform: (stage: Stage, first: number, second: number, third: number) => void): Phrase => ({
  template,
  perform: (stage, [first = 0, second = 0, third = 0]) => perform(stage, first, second, third),
})

/** The driver as the world has him, with both eyes at `p`. */
const facing = ({ world }: Stage, p: number, turn: { yaw?: number; pitch?: number } = {}): Look => ({
  left: p,
  right: p,
  reason: 'no-face',
  face: true,
  yaw: world.yaw + (turn.yaw ?? 0),
  pitch: world.pitch + (turn.pitch ?? 0),
})
const awake = (stage: Stage, turn = {}): Look => facing(stage, stage.world.openEyes, turn)
const CLOSED = 0.97
const hidden = (reason: Reason): Look => ({ left: null, right: null, reason, face: false, yaw: 0, pitch: 0 })
const still = (look: Look) => () => look
/** The far eye of a head turned to the driver's left is the left one. */
const turned = (stage: Stage, yaw: number): Look =>
  Math.abs(yaw) > 60
    ? { ...awake(stage, { yaw }), left: null, right: null, reason: 'turned-away' }
    : { ...awake(stage, { yaw }), ...(yaw > 0 ? { left: null } : { right: null }), reason: 'turned-away' }

export const vocabulary: readonly Phrase[] = [
  // Awake
  phrase('drives {s}', (stage, seconds) => blinking(stage, seconds, 0.2, 4, awake(stage), facing(stage, CLOSED))),
  phrase('drives {s}, blinking {s} every {s}', (stage, seconds, blink, every) =>
    blinking(stage, seconds, blink, every, awake(stage), facing(stage, CLOSED)),
  ),
  phrase('stares {s}', (stage, seconds) => stage.show(seconds, 'steady', still(awake(stage)))),
  phrase('squints {s}', (stage, seconds) => stage.show(seconds, 'plain', still(facing(stage, 0.4)))),
  phrase('laughs {s}', (stage, seconds) =>
    // Lids nearly shut in bursts of a quarter of a second, the head bobs.
    stage.show(seconds, 'plain', (t) => facing(stage, t % 0.5 < 0.25 ? 0.65 : 0.3, { pitch: 6 * Math.sin(t * 12) })),
  ),
  phrase('yawns {s}', (stage, seconds) => {
    stage.show(seconds * 0.35, 'plain', still(facing(stage, 0.2, { pitch: 8 })))
    stage.show(seconds * 0.2, 'plain', still(facing(stage, CLOSED, { pitch: 10 })))
    stage.show(seconds * 0.45, 'plain', still(facing(stage, 0.2, { pitch: 5 })))
  }),
  phrase('sneezes', (stage) => {
    stage.show(0.4, 'plain', still(facing(stage, 0.3, { pitch: 8 })))
    stage.show(0.45, 'plain', (t) => facing(stage, CLOSED, { pitch: -30 * Math.sin((t / 0.45) * Math.PI) }))
    stage.show(0.3, 'plain', still(facing(stage, 0.2)))
  }),
  phrase('winks {s}', (stage, seconds) => stage.show(seconds, 'plain', still({ ...awake(stage), left: CLOSED }))),
  phrase('rubs one eye {s}', (stage, seconds) => stage.show(seconds, 'plain', still({ ...awake(stage), left: null, reason: 'covered' }))),

  // Looking elsewhere
  phrase('looks to the mirror {s}', (stage, seconds) => stage.show(seconds, 'plain', still(turned(stage, 35)))),
  phrase('looks aside {s}', (stage, seconds) => stage.show(seconds, 'plain', still(turned(stage, -48)))),
  phrase('looks over the shoulder {s}', (stage, seconds) => stage.show(seconds, 'plain', still(turned(stage, 75)))),
  phrase('looks down {s}', (stage, seconds) => stage.show(seconds, 'plain', still(facing(stage, 0.3, { pitch: -16 })))),
  phrase('looks at the phone {s}', (stage, seconds) => stage.show(seconds, 'plain', still(facing(stage, 0.35, { pitch: -28 })))),

  // Lids
  phrase('eyes closed {s}', (stage, seconds) => stage.show(seconds, 'closure', still(facing(stage, CLOSED)))),
  phrase('eyes closed {s} with the head down', (stage, seconds) =>
    stage.show(seconds, 'closure', still(facing(stage, CLOSED, { pitch: -24 }))),
  ),
  phrase('eyes at {n} for {s}', (stage, p, seconds) => stage.show(seconds, 'plain', still(facing(stage, p)))),
  phrase('eyes flutter {s}', (stage, seconds) =>
    // Open for half a second, shut for half a second: never the one second open that counts as an answer.
    stage.show(seconds, 'plain', (t) => facing(stage, t % 1 < 0.5 ? stage.world.openEyes : CLOSED)),
  ),
  phrase('lids droop for {s}', (stage, seconds) => drooping(stage, seconds, awake(stage), facing(stage, CLOSED))),

  // Head
  phrase('nods', (stage) => {
    stage.show(0.4, 'plain', (t) => awake(stage, { pitch: -55 * t }))
    stage.show(0.6, 'plain', (t) => awake(stage, { pitch: -22 + 36 * t }))
  }),
  phrase('head falls forward', (stage) => stage.show(0.5, 'plain', (t) => facing(stage, 0.3, { pitch: -68 * t }))),
  phrase('head falls forward, eyes closed', (stage) => stage.show(0.5, 'plain', (t) => facing(stage, CLOSED, { pitch: -68 * t }))),

  // Sight
  phrase('face lost {s}', (stage, seconds) => stage.show(seconds, 'plain', still(hidden('no-face')))),
  phrase('nobody there {s}', (stage, seconds) => stage.show(seconds, 'plain', still(hidden('no-face')))),
  phrase('eyes not seen {s}', (stage, seconds) =>
    stage.show(seconds, 'plain', still({ ...awake(stage), left: null, right: null, reason: 'blurred' })),
  ),
  phrase('hand over the camera {s}', (stage, seconds) => stage.show(seconds, 'plain', still(hidden('covered')))),
  phrase('hand over the face {s}', (stage, seconds) => stage.show(seconds, 'plain', still(hidden('covered')))),
  phrase('dark {s}', (stage, seconds) => stage.show(seconds, 'plain', still(hidden('too-dark')))),
  phrase('sun in the camera {s}', (stage, seconds) => stage.show(seconds, 'plain', still(hidden('too-bright')))),
  phrase('vision dead {s}', (stage, seconds) => stage.show(seconds, 'dead', still(hidden('no-camera')))),

  // What stays so
  phrase('puts on sunglasses', (stage) => stage.set({ glasses: 'dark' })),
  phrase('takes off the sunglasses', (stage) => stage.set({ glasses: 'none' })),
  phrase('left eye covered', (stage) => stage.set({ covered: 'left' })),
  phrase('right eye covered', (stage) => stage.set({ covered: 'right' })),
  phrase('no eye covered', (stage) => stage.set({ covered: null })),
  phrase('open eyes give {n}', (stage, p) => stage.set({ openEyes: p })),
  phrase('the road is {n} degrees left of the camera', (stage, degrees) => stage.set({ yaw: degrees })),
  phrase('the road is {n} degrees above the camera', (stage, degrees) => stage.set({ pitch: degrees })),
  phrase('speed {n}', (stage, kmh) => stage.set({ speedKmh: kmh })),
  phrase('speed unknown', (stage) => stage.set({ speedKmh: null })),
  phrase('observations doubled', (stage) => stage.set({ delivery: 'doubled' })),
  phrase('observations out of order', (stage) => stage.set({ delivery: 'out of order' })),
  phrase('observations in bursts', (stage) => stage.set({ delivery: 'in bursts' })),
  phrase('observations in order', (stage) => stage.set({ delivery: 'in order' })),

  // At an instant
  phrase('presses the button', (stage) => stage.happen('button')),
  phrase('the daemon restarts', (stage) => stage.happen('restart')),
]
