// A good answer's body, or the error of a request whose key was in order:
// lists, retrievals, nested lists.  Pure.

#ifndef PRECISION_DEMO_STRIPE_ANSWER_H_
#define PRECISION_DEMO_STRIPE_ANSWER_H_

#include <optional>
#include <string>
#include <variant>

#include "demo_stripe/business.h"
#include "demo_stripe/endpoints.h"
#include "demo_stripe/errors.h"
#include "demo_stripe/query.h"

namespace precision::demo {

struct AnswerContext {
  const Business& business;
  // For the hint of a test key where the data is live; may be null.
  const Business* live_twin = nullptr;
  int version = 0;
};

std::variant<std::string, DemoError> AnswerGet(const AnswerContext& context,
                                               const EndpointMatch& match,
                                               const Query& query);

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_ANSWER_H_
