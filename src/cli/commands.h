// The commands of precision-stripe.  Each reads standard input, writes standard
// output and returns the exit code: 0 good, 1 bad input, 2 wrong usage.

#ifndef PRECISION_CLI_COMMANDS_H_
#define PRECISION_CLI_COMMANDS_H_

#include <span>
#include <string>

namespace precision {

// `args` is what follows the command's name.
int RunKey(std::span<char*> args);
int RunNormalize(std::span<char*> args);
int RunExplain(std::span<char*> args);
int RunReport(std::span<char*> args);
int RunDescribe(std::span<char*> args);
int DescribeTables();

// All of standard input.
std::string ReadStandardInput();

}  // namespace precision

#endif  // PRECISION_CLI_COMMANDS_H_
