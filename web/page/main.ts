// The embedding example: the element, and what a host does with its events.

import '../element/define.js'

const chat = document.querySelector<HTMLElement>('#chat')

// A host opens its own chat here; the example only shows that it was asked.
document.addEventListener('help-requested', () => {
  if (!chat) return
  chat.hidden = false
  chat.textContent = 'Here Precision\u2019s chat opens.'
  setTimeout(() => {
    chat.hidden = true
  }, 4000)
})
