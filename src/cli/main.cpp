// precision-stripe: the core at the command line, for support and for trying
// odd data.  Makes no network request.

#include <iostream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include "commands.h"

namespace precision {

namespace {

constexpr std::string_view kUsage =
    R"(usage: precision-stripe COMMAND [ARGUMENT...]

  key               text on standard input -> the verdict on it as one line of
                    JSON.  The key is never echoed.
                    Exit 0: a restricted key.  1: anything else.
  normalize OBJECT  a Stripe list page, a single object or JSON lines on
                    standard input -> normalized rows as JSON lines.
                    Exit 0: what could be read was; notes on standard error.
                    1: bad input, with the reason.
  explain           an HTTP status, optional header lines, an empty line and a
                    body on standard input -> the diagnosis as JSON, with
                    the page's sentences.  Where there was no answer: the code
                    that the page's event "error" gave.
                    Exit 0: explained.  1: the input holds neither.
  report            a report of the page (permissions-checked) on standard
                    input -> the same as sentences.
                    Exit 0: told.  1: it is no report.
  describe [tables] the error codes and both catalogues as JSON; or the columns
                    of every table as a page of documentation.
                    Exit 0.

Exit 2: wrong usage.
)";

struct Command {
  std::string_view name;
  int (*run)(std::span<char*>);
};

constexpr Command kCommands[] = {
    {"key", RunKey},       {"normalize", RunNormalize}, {"explain", RunExplain},
    {"report", RunReport}, {"describe", RunDescribe},
};

}  // namespace

std::string ReadStandardInput() {
  return {std::istreambuf_iterator<char>(std::cin), {}};
}

}  // namespace precision

int main(int argc, char** argv) {
  const std::span<char*> args(argv, static_cast<std::size_t>(argc));
  const std::string_view name = args.size() > 1 ? args[1] : "";
  for (const auto& command : precision::kCommands) {
    if (command.name == name) return command.run(args.subspan(2));
  }
  const bool help = name == "--help" || name == "-h" || name == "help";
  (help ? std::cout : std::cerr) << precision::kUsage;
  return help ? 0 : 2;
}
