/** From the judgement's measures to what a heartbeat tells of them: what is withheld is left out. Pure. */
import type { HealthSnapshot } from '../fleet/payloads/health.js'
import type { Measures } from '../judgement/signs/measures.js'

type Drowsiness = NonNullable<HealthSnapshot['drowsiness']>

/** The figure under its name, or nothing where it is not known. */
const known = <Name extends keyof Measures & keyof Drowsiness>(measures: Measures, name: Name): Partial<Drowsiness> =>
  measures[name] === null ? {} : { [name]: measures[name] }

export const drowsinessOf = (measures: Measures): Drowsiness => ({
  ...known(measures, 'perclos60'),
  ...known(measures, 'perclos180'),
  ...known(measures, 'blinksPerMinute'),
  ...known(measures, 'blinkMs'),
  ...known(measures, 'longBlinkShare'),
  ...known(measures, 'closureMs'),
  ...known(measures, 'withheld'),
  nods60: measures.nods60,
  calibrating: measures.calibrating,
})
