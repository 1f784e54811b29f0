/** Every closed list of codes that the program can print, publish or put in health, by the heading of docs/troubleshooting.md under which they stand. */
import { aimErrorCodes } from '../../daemon/aim/index.js'
import { conditions } from '../../daemon/condition.js'
import { findingCodes } from '../../daemon/config/codes.js'
import { controlCodes } from '../../daemon/control/messages.js'
import { doctorCodes } from '../../daemon/doctor/types.js'
import { evidenceCodes } from '../../daemon/evidence/errors.js'
import { refusals } from '../../daemon/fleet/commands/codes.js'
import { fleetErrorCodes } from '../../daemon/fleet/errors.js'
import { gpioErrorCodes } from '../../daemon/gpio/errors.js'
import { rules } from '../../daemon/judgement/decision.js'
import { degradedReasons } from '../../daemon/judgement/rules/degraded.js'
import { withheldReasons } from '../../daemon/judgement/withheld.js'
import { reasons } from '../../daemon/observation.js'
import { replayErrorCodes } from '../../daemon/replay/errors.js'
import { cameraErrorCodes } from '../../daemon/vision/camera/types.js'
import { classifierErrorCodes } from '../../daemon/vision/classify/errors.js'
import { absenceCodes, visionCodes } from '../../daemon/vision/codes.js'
import { locatorErrorCodes } from '../../daemon/vision/locate/errors.js'
import { opencvErrorCodes } from '../../daemon/vision/opencv.js'
import { recordedErrorCodes } from '../../daemon/vision/recorded.js'

/** Codes of errors that have but one: each stands at its class. */
export const single = ['usage', 'cron', 'record-refused', 'config-invalid', 'edit-refused', 'outbox-later'] as const

/** Heading → the codes under it. */
export const codesOf = {
  'What the driver is told: rules': rules,
  'Why eyes are not seen: reasons': [...new Set([...reasons, ...degradedReasons])],
  'What stands wrong meanwhile: conditions in health': conditions,
  'Camera and models': [
    ...new Set([
      ...cameraErrorCodes,
      ...classifierErrorCodes,
      ...locatorErrorCodes,
      ...opencvErrorCodes,
      ...recordedErrorCodes,
      ...visionCodes,
      ...absenceCodes,
    ]),
  ],
  'Buzzer, light, button, pulses: GPIO': gpioErrorCodes,
  'The broker': fleetErrorCodes,
  'The configuration': findingCodes,
  'Evidence: pictures around an alarm': evidenceCodes,
  'Commands of the fleet': refusals,
  'Commands on this machine': [...single, ...aimErrorCodes, ...controlCodes, ...replayErrorCodes],
  'The doctor': doctorCodes,
  'Figures that are left out': withheldReasons,
} as const satisfies Record<string, readonly string[]>

export const allCodes: ReadonlySet<string> = new Set(Object.values(codesOf).flat())
