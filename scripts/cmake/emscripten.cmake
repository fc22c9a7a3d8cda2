# How the module is linked, one reason a flag.
target_link_options(precision_wasm PRIVATE
  -lembind -fno-rtti             # the link picks Embind's own library by it
  -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createPrecision
  -sENVIRONMENT=web,worker,node  # node for the tests of the module
  -sFETCH=1
  -sFETCH_SUPPORT_INDEXEDDB=0    # nothing of Stripe's is ever kept on disk
  -sFILESYSTEM=0
  -sDYNAMIC_EXECUTION=0          # no eval: a strict CSP holds
  -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=4GB
  -sINITIAL_MEMORY=16MB -sSTACK_SIZE=256KB
  -sEXPORTED_FUNCTIONS=_malloc,_free
  -sEXPORTED_RUNTIME_METHODS=HEAPU8  # for the test that no key stays behind
  -sINVOKE_RUN=0
  --emit-tsd precision.d.ts
  # What is fast was made so by the compiler: the link inlines no more.
  $<$<CONFIG:Release>:-Oz>)
# Embind without RTTI: smaller, and no type is looked up by name at run time.
target_compile_options(precision_wasm PRIVATE -fno-rtti
  -DEMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
