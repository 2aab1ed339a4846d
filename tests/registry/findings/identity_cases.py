"""Cases of `registry.findings.identity`."""

from datetime import date

from registry.models import Record
from tests.factories import registry as make
from tests.registry.findings.cases import LATER, found, left, same_person

HE = {"name": "PEDRO FICTÍCIO DA SILVA", "mother_name": "MARIA FICTÍCIA DA SILVA"}


@found("identity.cpf_two_people")
def a_prisoner_and_a_visitor_of_another_state_share_a_cpf() -> None:
    cpf = make.make_cpf()
    make.make_prisoner(cpf=cpf)
    make.make_visitor(cpf=cpf, origin=make.make_origin("PE"))


@found("identity.cpf_two_people")
def one_has_it_among_the_documents() -> None:
    cpf = make.make_cpf()
    make.make_visitor(cpf=cpf)
    make.make_document(kind="CIN", raw=cpf, number=cpf)


@found("identity.cpf_two_people")
def more_share_it_than_are_named() -> None:
    cpf = make.make_cpf()
    for _ in range(30):
        make.make_visitor(cpf=cpf)


@left("identity.cpf_two_people")
def one_person_has_it_twice() -> None:
    cpf = make.make_cpf()
    same_person(make.make_prisoner(cpf=cpf), make.make_visitor(cpf=cpf))


@left("identity.cpf_two_people")
def the_other_was_excluded() -> None:
    cpf = make.make_cpf()
    make.make_prisoner(cpf=cpf)
    make.make_visitor(cpf=cpf, removed_at=LATER)


@found("identity.rji_two_people")
def two_people_of_one_rji() -> None:
    make.make_prisoner(rji="12345678901")
    make.make_prisoner(rji="12345678901", origin=make.make_origin("PE"))


@left("identity.rji_two_people")
def one_person_of_one_rji() -> None:
    same_person(
        make.make_prisoner(rji="12345678901"), make.make_prisoner(rji="12345678901", origin=make.make_origin("PE"))
    )


@left("identity.rji_two_people")
def two_people_without_rji() -> None:
    make.make_prisoner(rji="")
    make.make_prisoner(rji="")


@found("identity.photo_two_people")
def two_people_of_two_images() -> None:
    he, she = make.make_prisoner(), make.make_visitor()
    for image in "ab":
        make.make_photo(record=he, sha256=image * 64)
        make.make_photo(record=she, sha256=image * 64, view="vw_visitante_foto")


@left("identity.photo_two_people")
def the_image_was_excluded() -> None:
    make.make_photo()
    make.make_photo(removed_at=LATER)


@found("identity.homonyms")
def two_of_one_name_and_mother() -> None:
    make.make_prisoner(**HE, birth_date=date(1990, 1, 1))
    make.make_prisoner(**HE, birth_date=date(1981, 7, 9))


@left("identity.homonyms")
def mothers_not_declared() -> None:
    make.make_prisoner(name=HE["name"], mother_name="NÃO INFORMADO")
    make.make_prisoner(name=HE["name"], mother_name="NÃO INFORMADO")


@left("identity.homonyms")
def brothers() -> None:
    make.make_prisoner(**HE)
    make.make_prisoner(name="PAULO FICTÍCIO DA SILVA", mother_name=HE["mother_name"])


@found("identity.two_cpfs")
def one_person_of_two_cpfs() -> None:
    same_person(make.make_prisoner(cpf=make.make_cpf()), make.make_visitor(cpf=make.make_cpf()))


@left("identity.two_cpfs")
def one_cpf_and_none() -> None:
    same_person(make.make_prisoner(cpf=make.make_cpf()), make.make_visitor(cpf=""))


@found("identity.two_sexes")
def man_and_woman() -> None:
    same_person(make.make_prisoner(sex="M"), make.make_visitor(sex="F"))


@left("identity.two_sexes")
def man_and_unknown() -> None:
    same_person(make.make_prisoner(sex="M"), make.make_visitor(sex=""))


def _united(**fields: str) -> tuple[Record, Record]:
    records = (
        make.make_prisoner(birth_date=date(1990, 1, 1), mother_name="ANA DE TAL", **fields),
        make.make_visitor(birth_date=date(1981, 7, 9), mother_name="ROSA DE TAL", **fields),
    )
    same_person(*records)
    return records


@found("identity.weak_union")
def united_by_the_name_alone() -> None:
    _united(cpf="")


@left("identity.weak_union")
def united_by_a_cpf() -> None:
    _united(cpf=make.make_cpf())


@left("identity.weak_union")
def the_same_mother() -> None:
    same_person(
        make.make_prisoner(**HE, birth_date=date(1990, 1, 1)), make.make_visitor(**HE, birth_date=date(1981, 7, 9))
    )


@found("identity.invalid_document")
def a_wrong_digit() -> None:
    make.make_document(kind="CPF", raw="11111111112", number="", flaw="check_digit")


@left("identity.invalid_document")
def a_right_document() -> None:
    make.make_document()
