// Lets Node run the TypeScript of web/ and of the tests as it stands: an import of
// `./x.js` finds `./x.ts`, and packages come from web/node_modules. Types are taken
// off by the compiler, because Debian's Node is built without type stripping.

import {existsSync, readFileSync} from 'node:fs'
import {createRequire, registerHooks} from 'node:module'
import {fileURLToPath} from 'node:url'

const webUrl = new URL('../../web/package.json', import.meta.url)
const web = createRequire(webUrl)

const typescript = web('typescript')

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL)
      if (existsSync(fileURLToPath(source))) return next(source.href, context)
    }
    const isPackage = /^(@[\w-]+\/)?[\w-]+$/.test(specifier) && !specifier.startsWith('node:')
    if (isPackage && context.parentURL?.includes('/tests/')) {
      return next(specifier, {...context, parentURL: webUrl.href})
    }
    return next(specifier, context)
  },

  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context)
    const fileName = fileURLToPath(url)
    const {outputText} = typescript.transpileModule(readFileSync(fileName, 'utf8'), {
      fileName,
      compilerOptions: {
        module: typescript.ModuleKind.ESNext,
        target: typescript.ScriptTarget.ES2023,
        verbatimModuleSyntax: true,
        inlineSourceMap: true,
      },
    })
    return {format: 'module', shortCircuit: true, source: outputText}
  },
})
