// Runs one function over a stream of items on several threads and hands the outcomes to a sink in
// the order in which the items came, with a bounded number under way: memory stays flat however
// long the stream is.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace hearsay::cli {

template <typename Item, typename Outcome>
class OrderedWorkers {
 public:
  // `work` runs on any thread; `sink` always on the thread that calls Push and Finish.  A sink that
  // returns false stops the stream.
  OrderedWorkers(int threads, std::function<Outcome(Item)> work, std::function<bool(Outcome)> sink)
      : work_(std::move(work)),
        sink_(std::move(sink)),
        under_way_max_(static_cast<std::size_t>(threads) * 4) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Loop(); });
  }
  OrderedWorkers(const OrderedWorkers&) = delete;
  OrderedWorkers& operator=(const OrderedWorkers&) = delete;

  ~OrderedWorkers() {
    {
      const std::lock_guard lock(mutex_);
      queue_.clear();
      closed_ = true;
    }
    ready_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // False once the sink has said stop.
  bool Push(Item item) {
    while (!stopped_ && outcomes_.size() >= under_way_max_) Deliver();
    if (stopped_) return false;
    std::packaged_task<Outcome(Item)> task(work_);
    outcomes_.push_back(task.get_future());
    {
      const std::lock_guard lock(mutex_);
      queue_.emplace_back(std::move(task), std::move(item));
    }
    ready_.notify_one();
    return true;
  }

  // Delivers what is still under way.
  void Finish() {
    while (!stopped_ && !outcomes_.empty()) Deliver();
  }

 private:
  void Deliver() {
    Outcome outcome = outcomes_.front().get();
    outcomes_.pop_front();
    stopped_ = !sink_(std::move(outcome));
  }

  void Loop() {
    for (;;) {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return closed_ || !queue_.empty(); });
      if (queue_.empty()) return;
      auto [task, item] = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      task(std::move(item));
    }
  }

  std::function<Outcome(Item)> work_;
  std::function<bool(Outcome)> sink_;
  std::size_t under_way_max_;
  std::deque<std::future<Outcome>> outcomes_;  // only the pushing thread's
  bool stopped_ = false;

  std::mutex mutex_;  // guards queue_ and closed_
  std::condition_variable ready_;
  std::deque<std::pair<std::packaged_task<Outcome(Item)>, Item>> queue_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace hearsay::cli
