/** The policy's numbers. Each stands under its source; what a technician may set comes from the configuration. */

/** Version of the rules below; part of every event, so that a fleet can tell which rules judged. */
export const POLICY_VERSION = '0.3'

/** What the configuration sets, in milliseconds and probabilities. */
export type Policy = {
  /** An eye is called closed from this calibrated probability on. */
  closedAbove: number
  microsleepMs: number
  sleepMs: number
  eyesNotSeenMs: number
  /** For how long the acknowledge button quiets the sound of levels 1 and 2. */
  acknowledgeMs: number
}

/** The policy out of the configuration's section, whose defaults carry their sources. */
export const policyOf = (set: {
  closedAbove: number
  microsleepSeconds: number
  sleepSeconds: number
  eyesNotSeenSeconds: number
  acknowledgeSeconds: number
}): Policy => ({
  closedAbove: set.closedAbove,
  microsleepMs: set.microsleepSeconds * 1000,
  sleepMs: set.sleepSeconds * 1000,
  eyesNotSeenMs: set.eyesNotSeenSeconds * 1000,
  acknowledgeMs: set.acknowledgeSeconds * 1000,
})

// Own: a lid at rest wavers around the threshold; inside a closure it must fall this much lower to count as open.
export const OPEN_HYSTERESIS = 0.15

// Own: from here on a closure is longer than a blink (Caffier 2003: 0.05–0.5 s), a frame at 10 a second allowed for.
export const HELD_MS = 400

// Own: as long as a wavering lid may hang between both thresholds and still count as closed: lids that stay there squint. A blink that a squint follows
// is thereby no slow closure yet.
export const LATCH_MS = 300

// Design, "Closures": unseen time of ≤ 0.3 s (or one observation) with closed on both sides is bridged.
export const BRIDGED_UNSEEN_MS = 300

// Own: two observations further apart than this say nothing about what the eyes did between them.
export const BLIND_STEP_MS = 1000

// Own: a lid needs longer than this to open and close again (Caffier 2003: a blink's re-opening alone takes about 0.1 s),
// so a shorter "open" inside a closure is noise of the camera or the classifier.
export const FLICKER_MS = 100

// Design, "Closures": at least 60 % of a closure must be seen closed.
export const SEEN_CLOSED_SHARE = 0.6

// Design, "Closures": one eye alone never gives more confidence than this.
export const ONE_EYE_CONFIDENCE = 0.6

// Design, "Levels": an alarm is held until eyes have been seen open for 1 s (Euro NCAP: the driver's answer).
export const ANSWER_OPEN_MS = 1000

// Euro NCAP, unresponsive driver: eyes closed (or slumped) for 6 s, or no answer within 3 s after the sleep warning.
export const UNRESPONSIVE_MS = 6000
export const ANSWER_WITHIN_MS = 3000

// Design, `slump`: sight lost during a closure already this long; a shorter one is a blink, which goes with many turns of the head.
export const SLUMP_CLOSURE_MS = 500

// Design, `slump`: the head falls this far within this time and the face is then lost, with no closure before: level 2 and 3 after so long.
export const NOD_DEGREES = 20
export const NOD_WITHIN_MS = 1000
export const NOD_WARN_MS = 4000
export const NOD_ALARM_MS = 6000

// Design, `slump`: it ends when the vehicle is known to be slower than this for so long.
export const STANDSTILL_BELOW_KMH = 5
export const STANDSTILL_MS = 10_000

// Design, `slump`: after 120 s unseen a held alarm becomes the "cannot see you" pattern, never silence.
export const HOLD_UNSEEN_MS = 120_000

// Design, "Rules that bind the rooms": when vision dies, levels 1–2 stop within 2 s; 3–4 hold until it is back, at most 10 s.
// The host says "no camera" after 1.5 s of silence: the rest of the 2 s is for one more such observation.
export const WARN_WITHOUT_VISION_MS = 200
export const ALARM_WITHOUT_VISION_MS = 10_000

// Own: the camera's absence is told before the 10 s of Euro NCAP, after a restart of the vision process had its chance.
export const CAMERA_ABSENT_MS = 5000

// Euro NCAP 2026: below this speed, where it is known, an episode begins without sound.
export const QUIET_BELOW_KMH = 20

// Design, issue of the judgement: an alert keeps a driver awake for about a minute; a sign that stands longer than that is told again,
// and level 1 of one rule is not told twice within it.
export const REWARN_MS = 60_000

// Own: a glance that is told is told again after the time of three mirror checks, not at every look of the same manoeuvre.
export const DISTRACTION_COOLDOWN_MS = 10_000

// Own: looking ahead again for as long as the answer to any other warning.
export const DISTRACTION_CLEAR_MS = 1000

// Own: as long as such a state may take to be told (Euro NCAP), so that a row of bridges over a road is one episode.
export const DEGRADED_CLEAR_MS = 10_000

// Caffier 2003: a blink closes the eyes for 0.05–0.5 s.
export const BLINK_MIN_MS = 50
export const BLINK_MAX_MS = 500

// Design, PERCLOS: over 60 s and 180 s; closures < 0.25 s excluded; withheld while less than 60 % of the window was seen.
export const PERCLOS_WINDOW_MS = 60_000
export const PERCLOS_LONG_WINDOW_MS = 180_000
export const PERCLOS_MIN_CLOSURE_MS = 250
export const PERCLOS_MIN_SEEN_SHARE = 0.6

// Design, PERCLOS: eyes at least 80 % closed (P80, Wierwille 1994). A closure that never gives this much is a squint, a laugh, a look down; of the
// marked closures and blinks of the recordings all do.
export const SHUT_PEAK = 0.8

// Design, last row: blink rules and PERCLOS are withheld below 15 frames a second.
// Own: a camera set to 15 loses a frame now and then: a twentieth less is let pass, and another twentieth once the figures are given.
export const BLINK_MIN_FPS = 0.95 * 15
export const BLINK_KEEP_FPS = 0.9 * 15
