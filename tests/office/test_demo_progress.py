import io

from internships.office.demo.large.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_a_bar_that_fills():
    terminal = Terminal()

    given = list(Progress(terminal).through("students", range(4), 4))

    assert given == [0, 1, 2, 3]
    shown = terminal.getvalue().split("\r")
    assert shown[1] == f"  [{'.' * 30}]   0 %  students"
    assert shown[3] == f"  [{'#' * 15}{'.' * 15}]  50 %  students"
    assert shown[-1] == f"  [{'#' * 30}] 100 %  students: 4\n"


def test_elsewhere_each_stage_is_two_lines():
    file = io.StringIO()

    list(Progress(file).through("students", [[1, 2], [3]], 3, worth=len))

    assert file.getvalue() == "  students ...\n  students: 3\n"
