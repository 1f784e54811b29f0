/** The import rules of docs/architecture.md: arrows run one way, rooms do not reach into each other, native parts stay in their room. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const room = (name) => `^daemon/${name}/`
// What every room may know: how an error is made and told.
const WORDS = '^daemon/(coded|reason-of)\\.ts$'

module.exports = {
  forbidden: [
    rule('no-circular', 'A circle has no direction.', {}, { circular: true }),
    rule(
      'judgement-is-pure',
      'The policy imports nothing but the types that cross rooms: no clock, no I/O, no other room.',
      { path: room('judgement') },
      { pathNot: `${room('judgement')}|^daemon/(observation|signal)\\.ts$` },
    ),
    rule(
      'opencv-in-one-file',
      'The native binding can be replaced in one place.',
      { path: '^daemon/', pathNot: '^daemon/vision/opencv\\.ts$' },
      { path: 'node_modules/opencv4nodejs' },
    ),
    rule(
      'onnxruntime-in-one-file',
      'Its reports to its maker are switched off there.',
      { path: '^daemon/', pathNot: '^daemon/vision/onnxruntime\\.ts$' },
      { path: 'node_modules/onnxruntime', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'nothing-imports-the-top',
      'cli, main with its wiring, standby, commands and the doctor, who looks into every room, stand at the top.',
      { path: '^daemon/', pathNot: '^daemon/(cli\\.ts|main\\.ts|daemon\\.ts|standby\\.ts|wiring/|commands/|doctor/)' },
      { path: '^daemon/(cli\\.ts|main\\.ts|daemon\\.ts|standby\\.ts|wiring/|commands/|doctor/)' },
    ),
    rule(
      'config-is-a-leaf',
      'The configuration knows no room.',
      { path: room('config') },
      { path: '^daemon/', pathNot: `${room('config')}|${WORDS}` },
    ),
    rule(
      'alarm-alone',
      'The alarm depends on no other room but the configuration and the GPIO lines, and knows the signals by name.',
      { path: room('alarm') },
      { path: '^daemon/', pathNot: `${room('alarm')}|${room('config')}|${room('gpio')}|^daemon/signal\\.ts$` },
    ),
    rule(
      'gpio-is-a-leaf',
      'Lines know nothing of what hangs on them.',
      { path: room('gpio') },
      { path: '^daemon/', pathNot: `${room('gpio')}|${WORDS}` },
    ),
    rule(
      'inputs-do-not-judge',
      'What the vehicle tells goes to the judgement, and knows of it only the shape that it takes.',
      { path: room('inputs') },
      { path: '^daemon/(vision|alarm|health|jobs|replay|judgement)/', pathNot: '^daemon/judgement/rule\\.ts$' },
    ),
    rule(
      'remote-starts-what-it-is-given',
      'A change from afar is judged by the configuration and told to the fleet; what it begins anew is given.',
      { path: room('remote') },
      {
        path: '^daemon/',
        pathNot: `${room('remote')}|${room('config')}|${room('fleet')}|${room('state')}|${WORDS}|^daemon/condition\\.ts$`,
      },
    ),
    rule(
      'the-aim-page-runs-in-a-browser',
      'What it imports must be served: its own scripts and nothing else, but for types.',
      { path: '^daemon/aim/page/' },
      { pathNot: '^daemon/aim/page/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'aim-shows',
      'The aim page shows what others see and judge, and plays what it is given.',
      { path: room('aim') },
      {
        path: '^daemon/',
        pathNot: `${room('aim')}|${room('config')}|${room('judgement')}|${WORDS}|^daemon/(observation|picture|mounting)\\.ts$`,
      },
    ),
    rule(
      'evidence-keeps',
      'Evidence knows pictures and the shape of its settings; which events are alarms, it is told.',
      { path: room('evidence') },
      { path: '^daemon/', pathNot: `${room('evidence')}|${room('config')}|${WORDS}|^daemon/picture\\.ts$` },
    ),
    rule(
      'control-carries',
      'The way from a command to the service knows neither.',
      { path: room('control') },
      { path: '^daemon/', pathNot: `${room('control')}|${WORDS}|^daemon/state-folder\\.ts$` },
    ),
    rule(
      'vision-behind-its-host',
      'The main process reaches vision through its host, and never loads a native part.',
      {
        path: '^daemon/(main\\.ts|daemon\\.ts|standby\\.ts|wiring/|aim/|alarm/|control/|evidence/|fleet/|gpio/|health/|inputs/|jobs/|judgement/|recording/|state/)',
      },
      { path: room('vision'), pathNot: '^daemon/vision/(host|state|camera/kinds)\\.ts$' },
    ),
    rule(
      'vision-judges-nothing',
      'Vision knows neither judgement nor alarm nor fleet.',
      { path: room('vision') },
      { path: '^daemon/(aim|judgement|alarm|control|evidence|fleet|gpio|health|inputs|jobs|recording|replay|state)/' },
    ),
    rule(
      'not-to-unresolvable',
      'An import that cannot be found; a checkout set up earlier lacks what only one test needs.',
      {},
      { couldNotResolve: true, pathNot: 'tfjs|@asyncapi|playwright-core' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
