#include "precision/sync/sync_plan.h"

#include <algorithm>
#include <charconv>

namespace precision {

namespace {

constexpr std::string_view kHead = "precision-plan 1\n";

// Takes what stands before `mark` off the front; all of it without one.
std::string_view TakeUntil(std::string_view& text, char mark) {
  const std::size_t at = text.find(mark);
  const std::string_view front = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return front;
}

std::optional<UnixSeconds> ReadTime(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  const UnixSeconds time{value};
  if (error != std::errc{} || end != text.data() + text.size() ||
      !IsTime(time)) {
    return std::nullopt;
  }
  return time;
}

std::optional<ListPlan> ReadList(std::string_view line) {
  const std::optional<Endpoint> endpoint = FindEndpoint(TakeUntil(line, ' '));
  const std::optional<UnixSeconds> since = ReadTime(TakeUntil(line, ' '));
  if (!endpoint || !since) return std::nullopt;
  ListPlan plan{.endpoint = *endpoint, .since = *since, .spans = {}};
  while (!line.empty()) {
    std::string_view span = TakeUntil(line, ' ');
    const std::optional<UnixSeconds> from = ReadTime(TakeUntil(span, '-'));
    const std::optional<UnixSeconds> to = ReadTime(span);
    const UnixSeconds newer =
        plan.spans.empty() ? *since : plan.spans.back().from;
    if (!from || !to || *from >= *to || *to > newer) return std::nullopt;
    plan.spans.push_back({*from, *to});
  }
  return plan;
}

}  // namespace

void LookBack(ListPlan& plan, std::int64_t look_back) {
  plan.since.value = std::max<std::int64_t>(
      0, plan.since.value - std::max<std::int64_t>(0, look_back));
  AddSpans(plan, {});
}

void AddSpans(ListPlan& plan, const std::vector<TimeSpan>& spans) {
  const std::vector<TimeSpan> before = std::move(plan.spans);
  plan.spans.clear();
  auto a = before.begin();
  auto b = spans.begin();
  while (a != before.end() || b != spans.end()) {
    const bool take_a =
        b == spans.end() || (a != before.end() && a->to >= b->to);
    TimeSpan span = take_a ? *a++ : *b++;
    span.to = std::min(span.to, plan.since);
    if (span.from >= span.to) continue;
    if (!plan.spans.empty() && span.to >= plan.spans.back().from) {
      TimeSpan& last = plan.spans.back();
      last.from = std::min(last.from, span.from);
    } else {
      plan.spans.push_back(span);
    }
  }
}

std::string PlanText(const SyncPlan& plan) {
  std::string text(kHead);
  for (const ListPlan& list : plan) {
    text += FactsOf(list.endpoint).name;
    text += ' ' + std::to_string(list.since.value);
    for (const TimeSpan& span : list.spans) {
      text += ' ' + std::to_string(span.from.value) + '-' +
              std::to_string(span.to.value);
    }
    text += '\n';
  }
  return text;
}

std::optional<SyncPlan> ReadPlan(std::string_view text) {
  if (!text.starts_with(kHead)) return std::nullopt;
  text.remove_prefix(kHead.size());
  SyncPlan plan;
  while (!text.empty()) {
    std::optional<ListPlan> list = ReadList(TakeUntil(text, '\n'));
    if (!list) return std::nullopt;
    plan.push_back(*std::move(list));
  }
  return plan;
}

}  // namespace precision
