import { describe, expect, it } from 'vitest'
import { checkConfigText } from '../../daemon/config/index.js'

const found = (text: string): string[] =>
  checkConfigText(text, 'a.yaml').findings.map(({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`)

describe('keys that do not go together', () => {
  it.each<[string, string, string[]]>([
    ['sleep as short as a microsleep', 'judgement: {sleepSeconds: 2, microsleepSeconds: 2}', ['1:27 error conflict', '1:49 warning risky']],
    ['sleep a little longer than a microsleep', 'judgement: {sleepSeconds: 2.1, microsleepSeconds: 2}', ['1:51 warning risky']],
    ['a recording without a name', 'camera: {kind: file}', ['1:16 error conflict']],
    ['a second ribbon camera on a Pi', 'camera: {kind: csi, csi: {platform: pi, sensor: 1}}', ['1:49 error conflict']],
    ['a second ribbon camera on a Jetson', 'camera: {kind: csi, csi: {platform: jetson, sensor: 1}}', []],
    ['a GPU for a runtime that has none', 'classifier: {kind: tfjs, provider: cuda}', ['1:36 error conflict']],
    ['a GPU for the runtime that may have one', 'classifier: {provider: tensorrt}', []],
    ['buzzer and light on one line', 'alarm: {buzzer: {line: 27}}', ['1:24 error conflict']],
    [
      'three parts on one line, and two on another',
      'alarm: {buzzer: {line: 22}, led: {line: 23}}\nbutton: {kind: gpio, gpio: {line: 22}}\nignition: {kind: gpio, gpio: {line: 23}}\nspeed: {kind: pulses, pulses: {line: 22}}',
      ['2:35 error conflict', '3:37 error conflict', '4:38 error conflict'],
    ],
    [
      'a line by its name, and a backend that knows none',
      'gpio: {backend: sysfs}\nalarm: {led: {lineName: PQ.05}}',
      ['2:25 error conflict'],
    ],
    ['one port for two pages', 'health: {port: 8320}', ['1:16 error conflict']],
    ['two ports for two pages', 'health: {port: 8321}', []],
    ['a plain line on the port for TLS', 'fleet: {url: mqtt://b:8883}', ['1:14 warning risky']],
    ['a second broker with TLS on the plain port', 'fleet: {url: mqtts://b, fallbackUrls: [mqtts://c:1883]}', ['1:40 warning risky']],
    [
      'a lock on what is no key',
      'fleet: {remote: {locked: [alarm, vehicles, judgement.sleepSecond]}}',
      ['1:34 warning risky', '1:44 warning risky'],
    ],
    ['the same line of two chips', 'alarm: {buzzer: {line: 27, chip: other}}', []],
    ['buzzer and light on one line, and no GPIO', 'alarm: {output: console, buzzer: {line: 27}}', []],
    ['a region that reaches beyond the picture', 'locate: {region: {leftShare: 0.5, widthShare: 0.6}}', ['1:47 error conflict']],
    ['a region that begins in the middle and keeps the full height', 'locate: {region: {topShare: 0.5}}', ['1:29 error conflict']],
    ['button and buzzer on one line', 'button: {kind: gpio, gpio: {line: 17}}', ['1:35 error conflict']],
    ['button and buzzer on one line, and no button', 'button: {gpio: {line: 17}}', []],
    ['ignition and speed on one line', 'speed: {kind: pulses}\nignition: {kind: gpio, gpio: {line: 4}}', ['2:37 error conflict']],
    ['all inputs on lines of their own', 'speed: {kind: pulses}\nbutton: {kind: gpio}\nignition: {kind: gpio}', []],
    ['a certificate without TLS', 'fleet: {caFile: ca.pem}', ['1:17 error conflict']],
    ['a certificate without its key', 'fleet: {url: mqtts://b, certFile: c.pem}', ['1:35 error conflict']],
    ['a password without a name', 'fleet: {passwordFile: p}', ['1:23 error conflict']],
    ['a password in the clear', 'fleet: {url: mqtt://b, username: u, passwordFile: p}', ['1:14 warning login-unprotected']],
    ['a password to this machine', 'fleet: {url: mqtt://localhost, username: u, passwordFile: p}', []],
    [
      'a certificate, and a second broker without TLS',
      'fleet: {url: mqtts://b, caFile: c.pem, fallbackUrls: [mqtts://c, mqtt://d]}',
      ['1:66 error conflict'],
    ],
    [
      'a password to a second broker in the clear',
      'fleet: {url: mqtts://b, username: u, passwordFile: p, fallbackUrls: [mqtt://c]}',
      ['1:70 warning login-unprotected'],
    ],
    ['a password under TLS', 'fleet: {url: mqtts://b, username: u, passwordFile: p}', []],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected))

  it('are told in the same run as other faults, but not where one of them is faulty itself', () => {
    expect(found('camera: {kind: file}\nfoo: 1\n')).toEqual(['1:16 error conflict', '2:1 error unknown-key'])
    expect(found('judgement: {sleepSeconds: 2, microsleepSeconds: 20}\n')).toEqual(['1:49 error out-of-range'])
  })

  it.each<[string, string, string[]]>([
    ['a bad address', 'fleet: {url: "mqtt:/b", passwordFile: p, caFile: c}', ['1:14 error bad-text', '1:39 error conflict']],
    ['text where a group is wanted', 'camera: {kind: file, file: /x.mp4}', ['1:28 error wrong-type']],
    ['a misspelt name', 'fleet: {usrname: u, passwordFile: p}', ['1:9 error unknown-key']],
    ['a name misspelt that stands there too', 'camera: {kind: file, kinds: usb}', ['1:16 error conflict', '1:22 error unknown-key']],
    [
      'a key set twice',
      'log:\n  level: info\n  level: warn\nfleet:\n  passwordFile: p\n',
      ['3:3 error duplicate-key', '5:17 error conflict'],
    ],
    ['the key itself set twice', 'camera:\n  kind: usb\n  kind: file\n', ['3:3 error duplicate-key']],
    ['its group set twice', 'camera: {kind: file}\ncamera: {kind: file}\n', ['2:1 error duplicate-key']],
  ])('beside %s, only what is known is told', (_, text, expected) => {
    expect(found(text)).toEqual(expected)
    expect(checkConfigText(text, 'a.yaml').config).toBeNull()
  })
})
