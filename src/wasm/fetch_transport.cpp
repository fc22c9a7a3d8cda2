#include "wasm/fetch_transport.h"

#include <emscripten/emscripten.h>
#include <emscripten/eventloop.h>

#include <chrono>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "precision/base/wipe.h"
#include "precision/stripe/response_headers.h"

namespace precision {

struct FetchTransport::Call {
  FetchTransport* transport = nullptr;
  RequestId id = 0;
  emscripten_fetch_t* fetch = nullptr;
  double started_ms = 0;
  double timeout_ms = 0;
  int failed_timer = 0;
  bool sending = true;  // still inside emscripten_fetch()
  bool failed_at_once = false;
};

namespace {

// Emscripten keeps copies of the header strings until the fetch is closed;
// the browser has its own by the time emscripten_fetch() returns.
void WipeSentHeaders(emscripten_fetch_t* fetch) {
  const char* const* headers = fetch->__attributes.requestHeaders;
  if (headers == nullptr) return;
  for (; headers[0] != nullptr; headers += 2) {
    if (std::strcmp(headers[0], "Authorization") != 0) continue;
    auto* value = const_cast<volatile char*>(headers[1]);
    for (; *value != '\0'; ++value) *value = 'x';
  }
}

std::string ResponseHeaders(emscripten_fetch_t* fetch) {
  const std::size_t length =
      emscripten_fetch_get_response_headers_length(fetch);
  if (length == 0) return {};
  std::string text(length + 1, '\0');
  emscripten_fetch_get_response_headers(fetch, text.data(), text.size());
  text.resize(std::strlen(text.c_str()));
  return text;
}

}  // namespace

FetchTransport::FetchTransport(std::string base, Callbacks callbacks)
    : base_(std::move(base)), callbacks_(std::move(callbacks)) {}

FetchTransport::~FetchTransport() {
  AbortUnless([](RequestId) { return false; });
}

void FetchTransport::Send(const OutgoingRequest& request,
                          std::string authorization) {
  auto owned = std::make_unique<Call>();
  Call& call = *owned;
  call.transport = this;
  call.id = request.id;
  call.started_ms = emscripten_get_now();
  call.timeout_ms =
      std::chrono::duration<double, std::milli>(request.request.timeout)
          .count();
  calls_.emplace(request.id, std::move(owned));

  std::vector<const char*> headers = {"Authorization", authorization.c_str(),
                                      "Accept", "application/json"};
  if (!request.request.stripe_version.empty()) {
    headers.insert(headers.end(),
                   {"Stripe-Version", request.request.stripe_version.c_str()});
  }
  if (!request.request.stripe_account.empty()) {
    headers.insert(headers.end(),
                   {"Stripe-Account", request.request.stripe_account.c_str()});
  }
  headers.push_back(nullptr);

  emscripten_fetch_attr_t attributes;
  emscripten_fetch_attr_init(&attributes);
  std::strcpy(attributes.requestMethod, request.request.post ? "POST" : "GET");
  attributes.attributes =
      EMSCRIPTEN_FETCH_LOAD_TO_MEMORY | EMSCRIPTEN_FETCH_REPLACE;
  attributes.requestHeaders = headers.data();
  attributes.timeoutMSecs = static_cast<std::uint32_t>(call.timeout_ms);
  attributes.onsuccess = OnDone;
  attributes.onerror = OnDone;
  attributes.userData = &call;

  const std::string url = base_ + request.request.path;
  call.fetch = emscripten_fetch(&attributes, url.c_str());
  Wipe(authorization);
  call.sending = false;
  if (call.fetch != nullptr) WipeSentHeaders(call.fetch);
  if (call.fetch == nullptr || call.failed_at_once) {
    // Later, not from within Send(): the caller is in the middle of polling.
    call.failed_timer = emscripten_set_timeout(OnNeverStarted, 0, &call);
  }
}

void FetchTransport::OnNeverStarted(void* data) {
  auto& call = *static_cast<Call*>(data);
  call.failed_timer = 0;
  call.transport->Finish(call);
}

void FetchTransport::OnDone(emscripten_fetch_t* fetch) {
  auto* call = static_cast<Call*>(fetch->userData);
  // Closing a running fetch reports an error once more; Drop() has cut the tie.
  if (call == nullptr) return;
  if (call->sending) {
    call->failed_at_once = true;
    return;
  }
  call->transport->Finish(*call);
}

void FetchTransport::Finish(Call& call) {
  emscripten_fetch_t* fetch = call.fetch;
  const RequestId id = call.id;
  // Out of the map first: the callback may send or abort.
  const std::unique_ptr<Call> owned = std::move(calls_.extract(id).mapped());
  if (fetch == nullptr || fetch->status == 0) {
    const bool late =
        emscripten_get_now() - call.started_ms >= call.timeout_ms - 50;
    if (fetch != nullptr) {
      fetch->userData = nullptr;
      emscripten_fetch_close(fetch);
    }
    callbacks_.on_failure(
        id, late ? TransportFailure::kTimeout : TransportFailure::kNetwork);
    return;
  }
  HttpResponse response;
  response.status = fetch->status;
  response.body = std::string_view(
      fetch->data == nullptr ? "" : fetch->data,
      fetch->data == nullptr ? 0 : static_cast<std::size_t>(fetch->numBytes));
  ReadHeaderLines(ResponseHeaders(fetch), response);
  callbacks_.on_response(id, response);
  fetch->userData = nullptr;
  emscripten_fetch_close(fetch);
}

void FetchTransport::Drop(Call& call) {
  if (call.failed_timer != 0) emscripten_clear_timeout(call.failed_timer);
  if (call.fetch == nullptr) return;
  call.fetch->userData = nullptr;
  emscripten_fetch_close(call.fetch);
}

void FetchTransport::AbortUnless(const std::function<bool(RequestId)>& wanted) {
  std::erase_if(calls_, [&](const auto& entry) {
    if (wanted(entry.first)) return false;
    Drop(*entry.second);
    return true;
  });
}

}  // namespace precision
