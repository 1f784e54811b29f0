/** The two documents: where the code is typed, and the page itself. Words that change with the language are put in by main.ts. */
import type { Try } from '../code.js'

const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>kantukd</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">`

/** In English and Indonesian, since no script runs here: it works on whatever browser is in the cab. */
const refusals: Record<Exclude<Try, 'right'>, readonly [english: string, indonesian: string]> = {
  wrong: ['This code is not right.', 'Kode ini salah.'],
  used: [
    'This code was used already. Run kantukd aim again for another.',
    'Kode ini sudah dipakai. Jalankan kantukd aim lagi untuk kode baru.',
  ],
  expired: [
    'This code is too old. Run kantukd aim again for another.',
    'Kode ini sudah kedaluwarsa. Jalankan kantukd aim lagi untuk kode baru.',
  ],
  'too-many-tries': [
    'Too many wrong codes. Run kantukd aim again for another.',
    'Terlalu banyak kode salah. Jalankan kantukd aim lagi untuk kode baru.',
  ],
}

/** @param refused why the code that was typed was not taken; null: none was typed */
export const entrance = (refused: Exclude<Try, 'right'> | null): string => `${head}
</head>
<body class="entrance">
<main>
<h1>kantukd</h1>
<form method="post" action="/enter">
<label for="code">Code that kantukd aim has printed<br><i lang="id">Kode yang ditampilkan kantukd aim</i></label>
<input id="code" name="code" inputmode="numeric" autocomplete="off" maxlength="12" pattern="[0-9 ]*" required autofocus>
<button>OK</button>
</form>
${refused === null ? '' : `<p class="refused" role="alert">${refusals[refused][0]}<br><i lang="id">${refusals[refused][1]}</i></p>`}
</main>
</body>
</html>
`

export const page = (): string => `${head}
<script type="module" src="/page/main.js"></script>
</head>
<body>
<header>
<h1>kantukd</h1>
<span id="left"></span>
<button id="language"></button>
<button id="end"></button>
</header>
<p id="over" role="alert" hidden></p>
<main>
<section id="watch">
<p id="eyes" class="unseen"></p>
<canvas id="picture" width="480" height="360"></canvas>
<p id="without" hidden></p>
<div id="patches">
<figure><canvas id="right" width="64" height="64"></canvas><figcaption id="right-says"></figcaption></figure>
<figure><canvas id="left-eye" width="64" height="64"></canvas><figcaption id="left-says"></figcaption></figure>
</div>
</section>
<section id="do">
<h2 id="advice-title"></h2>
<ul id="advice"></ul>
<h2 id="seat-title"></h2>
<p id="seat-says"></p>
<button id="seat"></button>
<h2 id="sound-title"></h2>
<div class="buttons"><button data-part="buzzer"></button><button data-part="led"></button><button data-part="both"></button></div>
<p id="sound-says" role="status"></p>
</section>
<section id="course">
<h2 id="closure-title"></h2>
<canvas id="closure" width="600" height="130"></canvas>
<h2 id="perclos-title"></h2>
<canvas id="perclos" width="600" height="110"></canvas>
<p id="figures"></p>
</section>
</main>
</body>
</html>
`
