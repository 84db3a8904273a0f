from threading import Barrier, Thread

from corpus.lazy import lazy


class Search:
    def __init__(self, work):
        self.work = work
        self.times = 0

    @lazy
    def answer(self):
        """What was found."""
        self.times += 1
        return self.work()


def test_worked_out_once():
    search = Search(lambda: [1])
    assert search.answer is search.answer
    assert search.times == 1
    assert Search.answer.__doc__ == "What was found."


def test_threads_with_objects_of_one_class_do_not_wait_for_each_other():
    both = Barrier(2, timeout=10)  # broken unless both are at work at the same time
    searches = [Search(lambda: both.wait() >= 0) for _ in range(2)]
    threads = [Thread(target=lambda one=one: one.answer) for one in searches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.__dict__["answer"] for one in searches] == [True, True]
