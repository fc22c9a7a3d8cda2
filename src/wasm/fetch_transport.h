// Requests over the Emscripten Fetch API.  Adds the credential at the moment
// of sending and wipes it from this side's memory right after.

#ifndef PRECISION_SRC_WASM_FETCH_TRANSPORT_H_
#define PRECISION_SRC_WASM_FETCH_TRANSPORT_H_

#include <emscripten/fetch.h>

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "precision/stripe/http.h"

namespace precision {

class FetchTransport {
 public:
  // Called once for each request that was not aborted, never from within
  // Send().  The response's body dies with the call.
  struct Callbacks {
    std::function<void(RequestId, const HttpResponse&)> on_response;
    std::function<void(RequestId, TransportFailure)> on_failure;
  };

  // `base` is where the proxy stands, e.g. "/stripe".
  FetchTransport(std::string base, Callbacks callbacks);
  ~FetchTransport();  // aborts what is in flight
  FetchTransport(const FetchTransport&) = delete;
  FetchTransport& operator=(const FetchTransport&) = delete;

  // Takes `authorization` over and wipes it.
  void Send(const OutgoingRequest& request, std::string authorization);

  // Aborts the requests for which `wanted` is false, without a callback.
  void AbortUnless(const std::function<bool(RequestId)>& wanted);

 private:
  struct Call;

  static void OnDone(emscripten_fetch_t* fetch);
  static void OnNeverStarted(void* call);
  void Finish(Call& call);
  void Drop(Call& call);

  std::string base_;
  Callbacks callbacks_;
  std::unordered_map<RequestId, std::unique_ptr<Call>> calls_;
};

}  // namespace precision

#endif  // PRECISION_SRC_WASM_FETCH_TRANSPORT_H_
