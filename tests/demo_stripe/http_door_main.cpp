// The demo Stripe over HTTP, on loopback only.
//
//   demo-stripe [--port N] [--port-file F] [--latency-ms N] [--no-rate-limits]
//   demo-stripe --list-keys
//
// Port 0 (the default) takes a free one; --port-file gets its number once the
// door is open.

#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "demo_stripe/demo_stripe.h"
#include "demo_stripe/json_writer.h"

namespace precision::demo {

namespace {

// A kept-alive connection holds a thread.
constexpr int kThreads = 256;
constexpr std::size_t kCacheBytes = std::size_t{256} << 20U;
constexpr std::size_t kSlowSteps = 10;

struct Arguments {
  int port = 0;
  std::string port_file;
  int latency_ms = 0;
  bool list_keys = false;
  bool rate_limits = true;
};

UnixSeconds WallClock() {
  return {std::chrono::duration_cast<std::chrono::seconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

Instant MonotonicClock() {
  return {std::chrono::duration_cast<Duration>(
      std::chrono::steady_clock::now().time_since_epoch())};
}

// Bodies made before, oldest dropped first: the data never changes, and a
// benchmark must not measure how fast it is made up.
struct Rendered {
  int status = 0;
  std::string body;
};
using RenderedPtr = std::shared_ptr<const Rendered>;

class BodyCache {
 public:
  RenderedPtr Find(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = bodies_.find(key);
    return found == bodies_.end() ? nullptr : found->second;
  }

  void Keep(const std::string& key, const RenderedPtr& rendered) {
    const std::lock_guard lock(mutex_);
    if (!bodies_.emplace(key, rendered).second) return;
    order_.push_back(key);
    bytes_ += rendered->body.size();
    while (bytes_ > kCacheBytes) {
      const auto oldest = bodies_.find(order_.front());
      bytes_ -= oldest->second->body.size();
      bodies_.erase(oldest);
      order_.pop_front();
    }
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, RenderedPtr> bodies_;
  std::list<std::string> order_;
  std::size_t bytes_ = 0;
};

// Drops the connection to `peer_port` with a reset, as a broken network does:
// connecting a TCP socket to nowhere aborts it.
void ResetConnection(int peer_port) {
  constexpr int kMostDescriptors = 4096;
  for (int fd = 3; fd < kMostDescriptors; ++fd) {
    sockaddr_in peer{};
    socklen_t size = sizeof(peer);
    // NOLINTNEXTLINE(*-reinterpret-cast): the socket interface wants it so
    if (getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) != 0 ||
        peer.sin_family != AF_INET || ntohs(peer.sin_port) != peer_port) {
      continue;
    }
    sockaddr nowhere{};
    nowhere.sa_family = AF_UNSPEC;
    connect(fd, &nowhere, sizeof(nowhere));
    return;
  }
}

class Door {
 public:
  explicit Door(const DemoOptions& options) : stripe_(options) {}

  // What tests and benchmarks hold against the demo's own book-keeping.
  void TellCounts(httplib::Response& response) {
    std::string body;
    JsonWriter json(body, JsonWriter::kOneLine);
    const std::lock_guard lock(mutex_);
    json.Object();
    json.Int("requests", stripe_.requests());
    json.Int("throttled", stripe_.throttled());
    json.Int("side_effects", stripe_.side_effects());
    json.End();
    response.set_content(body, "application/json");
  }

  void Answer(const httplib::Request& request, httplib::Response& response) {
    Decision decision = Decide(request);
    DemoResponse& head = decision.response;
    if (head.delay.count() > 0) std::this_thread::sleep_for(head.delay);
    const RenderedPtr rendered = Render(decision);
    response.status = rendered->status;
    std::string content_type;
    for (const auto& [name, value] : head.headers) {
      if (name == "content-type") {
        content_type = value;
      } else {
        response.set_header(name, value);
      }
    }
    const std::size_t breaks_at =
        rendered->body.size() * head.fault_bytes / 1000;
    response.set_content_provider(
        rendered->body.size(), content_type,
        [rendered, breaks_at, fault = head.fault, time = head.body_time,
         port = request.remote_port](std::size_t offset, std::size_t length,
                                     httplib::DataSink& sink) {
          return Send(rendered->body, offset, length, breaks_at, fault, time,
                      port, sink);
        });
  }

 private:
  Decision Decide(const httplib::Request& request) {
    DemoRequest asked;
    asked.method = request.method;
    asked.path = request.target;
    asked.authorization = request.get_header_value("Authorization");
    asked.stripe_version = request.get_header_value("Stripe-Version");
    asked.stripe_account = request.get_header_value("Stripe-Account");
    const std::lock_guard lock(mutex_);
    return stripe_.Decide(asked, WallClock(), MonotonicClock());
  }

  RenderedPtr Render(const Decision& decision) {
    if (decision.business == nullptr) {
      return std::make_shared<const Rendered>(
          Rendered{decision.response.status, decision.response.body});
    }
    const std::string key = decision.account + " " +
                            std::to_string(decision.version_date) + " " +
                            decision.path;
    if (RenderedPtr known = cache_.Find(key)) return known;
    DemoResponse whole = stripe_.Render(decision);
    auto made = std::make_shared<const Rendered>(
        Rendered{whole.status, std::move(whole.body)});
    cache_.Keep(key, made);
    return made;
  }

  static bool Send(const std::string& body, std::size_t offset,
                   std::size_t length, std::size_t breaks_at, Fault fault,
                   Duration time, int port, httplib::DataSink& sink) {
    switch (fault) {
      case Fault::kNone:
        return sink.write(body.data() + offset, length);
      case Fault::kSlowBody: {
        const std::size_t step = std::min(length, body.size() / kSlowSteps + 1);
        std::this_thread::sleep_for(time / kSlowSteps);
        return sink.write(body.data() + offset, step);
      }
      case Fault::kTruncate:
      case Fault::kReset:
        break;
    }
    if (offset < breaks_at) {
      return sink.write(body.data() + offset, breaks_at - offset);
    }
    if (fault == Fault::kReset) ResetConnection(port);
    return false;
  }

  std::mutex mutex_;
  DemoStripe stripe_;
  BodyCache cache_;
};

void WriteCounts(JsonWriter& json, const Counts& counts) {
  json.Int("customers", counts.customers);
  json.Int("invoices", counts.invoices);
  json.Int("payments", counts.payments);
  json.Int("subscriptions", counts.subscriptions);
  json.Int("payment_intents", counts.payment_intents);
  json.Int("charges", counts.charges);
}

// One JSON object a line.
void ListKeys() {
  const DemoStripe stripe;
  for (const KeySpec& key : DemoKeys()) {
    std::string line;
    JsonWriter json(line, JsonWriter::kOneLine);
    json.Object();
    json.Str("name", key.name);
    json.Str("key", KeyText(key));
    json.Str("what", key.what);
    json.Str("account", key.account);
    WriteCounts(json, stripe.CountsOf(key.account));
    json.End();
    std::cout << line << "\n";
  }
}

bool ReadArguments(int argc, char** argv, Arguments& arguments) {
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--list-keys") {
      arguments.list_keys = true;
    } else if (name == "--no-rate-limits") {
      arguments.rate_limits = false;
    } else if (i + 1 < argc && name == "--port") {
      arguments.port = std::atoi(argv[++i]);
    } else if (i + 1 < argc && name == "--port-file") {
      arguments.port_file = argv[++i];
    } else if (i + 1 < argc && name == "--latency-ms") {
      arguments.latency_ms = std::atoi(argv[++i]);
    } else {
      return false;
    }
  }
  return true;
}

int Serve(const Arguments& arguments) {
  DemoOptions options;
  // The businesses live up to today, so that "last month" has something in it.
  options.as_of = WallClock();
  options.rate_limits = arguments.rate_limits;
  options.latency = std::chrono::milliseconds{arguments.latency_ms};
  Door door(options);

  // Blocked in every thread, waited for in one.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  httplib::Server server;
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server.set_keep_alive_max_count(std::numeric_limits<int>::max());
  server.set_keep_alive_timeout(60);
  server.set_tcp_nodelay(true);
  const auto answer = [&](const httplib::Request& request,
                          httplib::Response& response) {
    door.Answer(request, response);
  };
  server.Get("/_demo/counts",
             [&](const httplib::Request&, httplib::Response& response) {
               door.TellCounts(response);
             });
  server.Get(".*", answer);
  server.Post(".*", answer);
  server.Delete(".*", answer);
  server.Put(".*", answer);
  server.Patch(".*", answer);

  int listening = -1;
  server.set_socket_options([&](int socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    listening = socket;
  });
  int port = arguments.port;
  if (port == 0) {
    port = server.bind_to_any_port("127.0.0.1");
  } else if (!server.bind_to_port("127.0.0.1", port)) {
    port = -1;
  }
  if (port <= 0) {
    std::cerr << "demo-stripe: port " << arguments.port
              << " is not free on 127.0.0.1\n";
    return 1;
  }
  // httplib lets five connections wait; a sixth that comes in the same moment
  // would be tried again a second later.
  listen(listening, kThreads);
  std::thread stopper([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
  });
  std::cout << "demo-stripe: http://127.0.0.1:" << port << std::endl;
  if (!arguments.port_file.empty()) {
    std::ofstream(arguments.port_file) << port << "\n";
  }
  server.listen_after_bind();
  stopper.join();
  return 0;
}

}  // namespace

}  // namespace precision::demo

int main(int argc, char** argv) {
  precision::demo::Arguments arguments;
  if (!precision::demo::ReadArguments(argc, argv, arguments)) {
    std::cerr << "usage: demo-stripe [--port N] [--port-file F] "
                 "[--latency-ms N] [--no-rate-limits] [--list-keys]\n";
    return 2;
  }
  if (arguments.list_keys) {
    precision::demo::ListKeys();
    return 0;
  }
  return precision::demo::Serve(arguments);
}
