// The page: everything in files of its own, so that it works under the strict CSP.

import {fileURLToPath} from 'node:url'
import {defineConfig} from 'vite'
import {define, target, wasmBeside} from './vite.shared.js'

export default defineConfig({
  root: fileURLToPath(new URL('./page', import.meta.url)),
  base: './',
  define,
  plugins: [wasmBeside('assets/')],
  build: {
    target,
    outDir: '../dist/page',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
  },
})
