// What differs on a page that is read from right to left, beyond what logical
// properties do by themselves.

import {css} from 'lit'

export const rightToLeftStyles = css`
  /* Words of a language that is read the other way end where they end. */
  .root:dir(rtl) {
    text-align: right;
  }
  .root:dir(rtl) :is(p, h2, h3, h4, h5, li, dt, dd, th, button, a, summary, label, legend, .cell.name, .cell.text) {
    unicode-bidi: plaintext;
  }
  .bar:dir(rtl) > span {
    transform-origin: right;
  }
  .icon-chevron:dir(rtl) {
    transform: scaleX(-1);
  }
  details[open] > summary .icon-chevron:dir(rtl) {
    transform: rotate(90deg);
  }
`
