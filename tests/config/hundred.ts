/** The table of hundred.test.ts. */

type Wrong = {
  text: string
  /** Line and code of each finding. */
  at: string[]
  /** What the message must name: the cure. */
  says: RegExp
}

const wrong = (text: string, at: string, says: RegExp): Wrong => ({ text: text.replaceAll('⏎', '\n'), at: at.split(', '), says })

const typos = [
  wrong('camra:⏎  fps: 30', '1 unknown-key', /did you mean camera\?/),
  wrong('Camera:⏎  fps: 30', '1 unknown-key', /did you mean camera\?/),
  wrong('camera:⏎  FPS: 30', '2 unknown-key', /did you mean camera\.fps\?/),
  wrong('camera:⏎  width: 640', '2 unknown-key', /did you mean camera\.widthPx\?/),
  wrong('camera:⏎  height_px: 480', '2 unknown-key', /did you mean camera\.heightPx\?/),
  wrong('camera:⏎  devise: /dev/video1', '2 unknown-key', /did you mean camera\.device\?/),
  wrong('camera:⏎  rotate: 90', '2 unknown-key', /did you mean camera\.rotateDegrees\?/),
  wrong('device: /dev/video1', '1 unknown-key', /did you mean camera\.device\?/),
  wrong('judgment:⏎  sleepSeconds: 3', '1 unknown-key', /did you mean judgement\?/),
  wrong('judgement:⏎  microsleep: 1', '2 unknown-key', /did you mean judgement\.microsleepSeconds\?/),
  wrong('judgement:⏎  microSleepSeconds: 1', '2 unknown-key', /did you mean judgement\.microsleepSeconds\?/),
  wrong('judgement:⏎  sleepSecond: 3', '2 unknown-key', /did you mean judgement\.sleepSeconds\?/),
  wrong('alarm:⏎  buzer:⏎    line: 17', '2 unknown-key', /did you mean alarm\.buzzer\?/),
  wrong('alarm:⏎  led:⏎    pin: 27', '3 unknown-key', /did you mean alarm\.led\.line\?/),
  wrong('alarm:⏎  led:⏎    activelow: true', '3 unknown-key', /did you mean alarm\.led\.activeLow\?/),
  wrong('vehicle:⏎  registration: car-1', '2 unknown-key', /it takes fleet, id/),
  wrong('vehicle:⏎  name: car-1', '2 unknown-key', /did you mean vehicle\.id\?/),
  wrong('alarm:⏎  led:⏎    line: 529', '3 out-of-range', /the kernel’s own number, lines are counted from 0/),
  wrong('fleet:⏎  username: ""', '2 bad-text', /must not be empty; write null for none/),
  wrong('fleet:⏎  fallbackUrls: mqtt://b', '2 wrong-type', /must be a list/),
  wrong('vehicle:⏎  ID: car-1', '2 unknown-key', /did you mean vehicle\.id\?/),
  wrong('fleet:⏎  host: broker', '2 unknown-key', /did you mean fleet\.url\?/),
  wrong('fleet:⏎  user: me', '2 unknown-key', /fleet/),
  wrong('fleet:⏎  ca_file: ca.pem', '2 unknown-key', /did you mean fleet\.caFile\?/),
  wrong('fleet:⏎  heartbeet: "* * * * *"', '2 unknown-key', /did you mean fleet\.heartbeat\?/),
  wrong('log:⏎  lvl: info', '2 unknown-key', /did you mean log\.level\?/),
  wrong('speed:⏎  type: mqtt', '2 unknown-key', /speed/),
  wrong('button:⏎  gpio:⏎    debounce: 50', '3 unknown-key', /did you mean button\.gpio\.debounceMs\?/),
  wrong('locate:⏎  driverside: left', '2 unknown-key', /did you mean locate\.driverSide\?/),
  wrong('fps: 15⏎log:⏎  level: info', '1 unknown-key', /did you mean camera\.fps\?/),
]

const choices = [
  wrong('camera:⏎  kind: webcam', '2 not-a-choice', /usb, csi, file, scripted/),
  wrong('camera:⏎  kind: USB', '2 not-a-choice', /did you mean usb\?/),
  wrong('camera:⏎  kind: cis', '2 not-a-choice', /did you mean csi\?/),
  wrong('camera:⏎  rotateDegrees: 45', '2 not-a-choice', /0, 90, 180, 270/),
  wrong('camera:⏎  csi:⏎    platform: raspberry', '3 not-a-choice', /auto, pi, jetson/),
  wrong('locate:⏎  driverSide: rechts', '2 not-a-choice', /auto, left, right/),
  wrong('classifier:⏎  kind: tensorflow', '2 not-a-choice', /onnx, tfjs/),
  wrong('alarm:⏎  output: relay', '2 not-a-choice', /gpio, console, none/),
  wrong('log:⏎  level: warning', '2 not-a-choice', /did you mean warn\?/),
  wrong('log:⏎  level: verbose', '2 not-a-choice', /error, warn, info, debug, trace/),
  wrong('log:⏎  format: text', '2 not-a-choice', /auto, pretty, journal, json/),
  wrong('speed:⏎  kind: can', '2 not-a-choice', /none, mqtt, pulses/),
  wrong('button:⏎  kind: GPIO', '2 not-a-choice', /did you mean gpio\?/),
  wrong('ignition:⏎  kind: pulses', '2 not-a-choice', /none, gpio, mqtt/),
]

const units = [
  wrong('judgement:⏎  microsleepSeconds: 1s', '2 wrong-type', /the unit is in the key’s name: write the number alone/),
  wrong('judgement:⏎  microsleepSeconds: 1000', '2 out-of-range', /0\.8 to 2/),
  wrong('judgement:⏎  sleepSeconds: 3000', '2 out-of-range', /2 to 5/),
  wrong('judgement:⏎  sleepSeconds: 3 s', '2 wrong-type', /write the number alone/),
  wrong('judgement:⏎  sleepSeconds: 3,5', '2 wrong-type', /number/),
  wrong('judgement:⏎  closedAbove: 50', '2 out-of-range', /0\.3 to 0\.8/),
  wrong('judgement:⏎  closedAbove: 50%', '2 wrong-type', /number/),
  wrong('judgement:⏎  acknowledgeSeconds: 5m', '2 wrong-type', /number/),
  wrong('judgement:⏎  acknowledgeSeconds: 600', '2 out-of-range', /5 to 60/),
  wrong('camera:⏎  widthPx: 640px', '2 wrong-type', /write the number alone/),
  wrong('camera:⏎  widthPx: 640x480', '2 wrong-type', /number/),
  wrong('camera:⏎  fps: 30 fps', '2 wrong-type', /number/),
  wrong('button:⏎  gpio:⏎    debounceMs: 0.05', '3 wrong-type', /whole number/),
  wrong('fleet:⏎  outbox:⏎    maxMb: 20MB', '3 wrong-type', /number/),
  wrong('fleet:⏎  outbox:⏎    maxDays: 0', '3 out-of-range', /1 to 365/),
  wrong('speed:⏎  pulses:⏎    perKm: 8', '3 out-of-range', /500 to 25000/),
  wrong('record:⏎  folderMb: 1', '2 out-of-range', /50 to 1000000/),
]

const types = [
  wrong('camera:⏎  fps: "30"', '2 wrong-type', /not the text/),
  wrong('camera:⏎  fps: true', '2 wrong-type', /number/),
  wrong('camera:⏎  fps: 29.97', '2 wrong-type', /whole number/),
  wrong('camera:⏎  fps: [30]', '2 wrong-type', /number/),
  wrong('camera:⏎  mirror: yes', '2 wrong-type', /true/),
  wrong('camera:⏎  mirror: 1', '2 wrong-type', /true/),
  wrong('camera: usb', '1 wrong-type', /camera/),
  wrong('camera: [usb]', '1 wrong-type', /camera/),
  wrong('camera:⏎  - kind: usb', '2 wrong-type', /camera/),
  wrong('alarm:⏎  buzzer: 17', '2 wrong-type', /alarm\.buzzer/),
  wrong('alarm:⏎  buzzer:⏎    line: GPIO17', '3 wrong-type', /number/),
  wrong('alarm:⏎  buzzer:⏎    line: "17"', '3 wrong-type', /number/),
  wrong('vehicle:⏎  id: 17', '2 wrong-type', /text/),
  wrong('log: info', '1 wrong-type', /log/),
  wrong('judgement:⏎  sleepSeconds:', '2 no-value', /give one/),
  wrong('alarm:⏎  output: ~', '2 no-value', /give one/),
  wrong('fleet:⏎  url: null', '2 no-value', /give one/),
]

const forms = [
  wrong('camera:⏎  device: video0', '2 bad-text', /\/dev\/video0/),
  wrong('camera:⏎  fourcc: MJPEG', '2 bad-text', /four characters/),
  wrong('vehicle:⏎  id: B AB 1234', '2 bad-text', /letters, digits/),
  wrong('vehicle:⏎  fleet: north/east', '2 bad-text', /topic/),
  wrong('fleet:⏎  url: broker.example', '2 bad-text', /mqtt:\/\/host/),
  wrong('fleet:⏎  url: http://broker', '2 bad-text', /mqtt:\/\/host/),
  wrong('fleet:⏎  url: mqtt://me:pw@broker', '2 bad-text', /without a name or password/),
  wrong('fleet:⏎  heartbeat: 30', '2 wrong-type', /text/),
  wrong('fleet:⏎  heartbeat: every minute', '2 bad-text', /cron/),
  wrong('alarm:⏎  led:⏎    chip: /dev/gpiochip0', '3 bad-text', /label/),
  wrong('speed:⏎  mqtt:⏎    topic: vehicle/#', '3 bad-text', /wildcards/),
  wrong('alarm:⏎  buzzer:⏎    line: 1017', '3 out-of-range', /0 to 511/),
  wrong('alarm:⏎  buzzer:⏎    line: -1', '3 out-of-range', /0 to 511/),
]

const yaml = [
  wrong('camera:⏎\tfps: 30', '2 tab-indent', /two spaces/),
  wrong('log:⏎  level: info⏎  level: warn', '3 duplicate-key', /level is set twice/),
  wrong('alarm:⏎  output: onoff⏎log:⏎  level: info⏎alarm:⏎  output: onof', '5 duplicate-key, 6 not-a-choice', /set twice/),
  wrong('camera:⏎  fps 30', '2 wrong-type', /a colon and a space between name and value: “fps: 30”/),
  wrong('camera:⏎  fps:30', '2 wrong-type', /“fps: 30”/),
  wrong('vehicle:⏎  id: "car', '2 yaml-syntax', /quote/),
  wrong('alarm: {output: none', '1 yaml-syntax', /bracket|flow/i),
  wrong('vehicle:⏎  id: car⏎   fleet: north', '2 yaml-syntax', /indented/),
  wrong('---⏎log:⏎  level: info⏎---⏎log:', '4 yaml-syntax', /second document/),
  wrong('- camera', '1 not-a-mapping', /name: value/),
]

const together = [
  wrong('judgement:⏎  microsleepSeconds: 2⏎  sleepSeconds: 2', '2 risky, 3 conflict', /must be longer than/),
  wrong('alarm:⏎  buzzer:⏎    line: 27', '3 conflict', /on the same line, 27/),
  wrong('camera:⏎  kind: file', '2 conflict', /set camera\.file\.path/),
  wrong('fleet:⏎  url: mqtts://b⏎  certFile: a.pem', '3 conflict, 3 fleet-file-missing', /go together/),
  wrong('classifier:⏎  model: eyes.onnx', '2 no-such-file', /there is no such file/),
  wrong('locate:⏎  modelsDir: models', '2 no-such-file', /there is no such folder/),
  wrong('camera:⏎  kind: file⏎  file:⏎    path: a.mp4', '4 no-such-file', /there is no such file/),
  wrong('classifier:⏎  model: .', '2 no-such-file', /is no file/),
  wrong('evidence:⏎  enabled: true⏎  keyFile: key', '3 evidence-file-missing', /no pictures are kept/),
  wrong('fleet:⏎  username: u⏎  passwordFile: secret', '3 fleet-file-missing', /events wait/),
  wrong('camera:⏎  fps: 10', '2 risky', /not judged/),
  wrong('alarm:⏎  output: none', '2 risky', /nothing will wake the driver/),
]

export const HUNDRED: readonly Wrong[] = [...typos, ...choices, ...units, ...types, ...forms, ...yaml, ...together]
