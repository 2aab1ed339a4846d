"""What the API of kept work reads and answers in common."""

from typing import Any, Final

from rest_framework import serializers

# A fictitious person, for the examples.
PERSON: Final = {
    "id": "6b0f3f0e-6f0a-4f57-9a43-0d6f4d2f9c11",
    "name": "João Batista Teste",
    "situation": "Sob custódia",
    "birth": "17/05/1990",
    "mother": "Maria Teste",
    "place": "AL · Presídio Fictício 1 · Pavilhão 2 · Cela 14 · Fechado",
    "note": "",
}

RECEIPT: Final = "0f8fad5b-d9cb-469f-a165-70867728950e"


class PersonLineSerializer(serializers.Serializer[Any]):
    """A person of a list, in the words of the screen; the profile has the rest."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    situation = serializers.CharField()
    birth = serializers.CharField()
    mother = serializers.CharField()
    place = serializers.CharField()
    note = serializers.CharField()


class PersonLinesSerializer(serializers.Serializer[Any]):
    """A list of persons and the receipt of showing it."""

    persons = PersonLineSerializer(many=True)
    receipt = serializers.UUIDField()
