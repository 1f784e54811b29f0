/** How it looks: black on white, since it is read in the sun, with a thumb. */
export const style = `
* { box-sizing: border-box; }
:root { --ground: #fff; --ink: #14181c; --faint: #5b6670; --line: #d4dade; --open: #1b7a35; --closed: #c4161c; --warn: #9a5b00; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 17px/1.4 system-ui, sans-serif; }
[hidden] { display: none !important; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; padding: .4rem .8rem; border-bottom: 1px solid var(--line); }
h1 { font-size: 1.15rem; margin: 0; }
h2 { font-size: 1rem; margin: 1rem 0 .3rem; }
p { margin: .3rem 0; }
#left { flex: 1 1 5rem; color: var(--faint); font-size: .9rem; }
button { font: inherit; min-height: 44px; padding: .3rem .9rem; border: 1px solid var(--faint); border-radius: 8px; background: #f2f5f7; color: inherit; }
button:active { background: #dde3e8; }
button:disabled { color: var(--faint); }
main { padding: .6rem .8rem 2rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: .2rem 1.6rem; max-width: 1250px; margin: 0 auto; }
canvas { width: 100%; display: block; }
#picture { background: #14181c; border-radius: 0 0 8px 8px; }
#eyes { margin: 0; padding: .35rem .8rem; border-radius: 8px 8px 0 0; color: #fff; font-size: 1.5rem; font-weight: 700; text-align: center; }
#without, #over { padding: .5rem .7rem; }
#over { font-size: 1.15rem; font-weight: 600; border-left: 6px solid var(--closed); background: #f2f5f7; max-width: 40rem; margin: 1rem auto; }
.lost canvas { opacity: .25; }
.open { background: var(--open); }
.closed { background: var(--closed); }
.unseen { background: var(--faint); }
#patches { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; margin-top: .6rem; }
figure { margin: 0; display: flex; align-items: center; gap: .4rem; font-size: .9rem; }
figure canvas { width: clamp(54px, 17vw, 84px); aspect-ratio: 1; image-rendering: pixelated; background: #e8ecef; border-radius: 6px; flex: none; }
#advice { list-style: none; margin: 0; padding: 0; }
#advice li { padding: .5rem .7rem; margin-bottom: .4rem; border-radius: 8px; background: #fff4e0; border-left: 6px solid var(--warn); }
#advice li.good { background: #e6f4ea; border-color: var(--open); font-weight: 600; }
#advice li.note { background: #f2f5f7; border-color: var(--faint); }
.buttons { display: grid; grid-template-columns: repeat(3, auto); gap: .5rem; }
.buttons button { padding: .3rem .4rem; }
#course canvas { background: #f7f9fa; border: 1px solid var(--line); border-radius: 6px; }
#figures, #seat-says { color: var(--faint); font-size: .95rem; }
#seat-says.good { color: var(--open); font-weight: 600; }
#seat-says.bad, .refused { color: var(--closed); font-weight: 600; }
.entrance main { max-width: 26rem; padding-top: 2rem; }
.entrance form { display: grid; gap: .8rem; margin-top: 1rem; }
.entrance input { font: inherit; font-size: 1.8rem; letter-spacing: .15em; padding: .4rem .6rem; width: 100%; border: 2px solid var(--faint); border-radius: 8px; }
i { color: var(--faint); }
@media (min-width: 900px) {
  main { grid-template-columns: 3fr 2fr; }
  #course { grid-column: 1 / 3; display: grid; grid-template-columns: 3fr 2fr; gap: .2rem 1.6rem; }
  #closure-title { grid-area: 1 / 1; } #closure { grid-area: 2 / 1; }
  #perclos-title { grid-area: 1 / 2; } #perclos { grid-area: 2 / 2; }
  #figures { grid-column: 1 / 3; }
}
`
