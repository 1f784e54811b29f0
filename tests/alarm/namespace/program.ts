/** A small daemon that sounds the alarm and then ends in the way that its argument names; or stays, for a signal. */
import { createLinesOutput } from '../../../daemon/alarm/lines.js'
import { createAlarm } from '../../../daemon/alarm/player.js'
import { openGpio } from '../../../daemon/gpio/index.js'
import { wires } from './tree.js'

const way = process.argv[2]

if (way === 'nobody' || way === 'try') {
  try {
    if (way === 'nobody') process.setuid?.(65534)
    createLinesOutput(openGpio({ backend: 'sysfs' }), wires)
    process.stdout.write('on\n')
  } catch (fault) {
    process.stdout.write(`${fault instanceof Error && 'code' in fault ? fault.code : fault}\n`)
  }
} else {
  const alarm = createAlarm(createLinesOutput(openGpio({ backend: 'sysfs' }), wires))
  alarm.show('alarm')
  process.on('SIGTERM', () => {
    alarm.close()
    process.exit(0)
  })
  process.on('uncaughtException', () => {
    alarm.close()
    process.exit(1)
  })
  process.stdout.write('on\n', () => {
    if (way === 'exit') setTimeout(() => process.exit(0), 300)
    if (way === 'error') {
      setTimeout(() => {
        throw new Error('nobody foresaw this')
      }, 300)
    }
    if (way === 'hang') setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 100)
  })
}
