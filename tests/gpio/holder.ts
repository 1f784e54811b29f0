/** Switches a line on and stays, to be killed: `holder.ts <way> <wire as JSON>`. */
import { openGpio, type Wire } from '../../daemon/gpio/index.js'

const [way, wire = '{}'] = process.argv.slice(2)
if (way !== 'sysfs' && way !== 'gpiod') throw new Error(`no way ${way}`)
const parsed: Wire = JSON.parse(wire)
const line = openGpio({ backend: way }).takeOutput({ name: 'buzzer', key: 'alarm.buzzer' }, parsed)
line.write(true)
process.stdout.write('on\n')
setInterval(() => line.write(true), 100)
