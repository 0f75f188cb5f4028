using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Coroutines.Analyzers.Tests.Blocking;

public sealed class BlockingApisTests
{
    [Fact]
    public async Task Every_row_is_a_member_of_the_framework_and_its_name_is_that_member_s()
    {
        Compilation compilation = (await TestProject.Create([]).GetCompilationAsync())!;
        foreach (BlockingApi api in BlockingApis.All)
        {
            ISymbol? member = DocumentationCommentId.GetFirstSymbolForDeclarationId(api.Id, compilation);
            Assert.True(member is not null, api.Id);
            Assert.Equal(member.Name, api.Name);
        }
    }

    [Fact]
    public void No_member_has_two_rows() => Assert.Distinct(BlockingApis.All.Select(api => api.Id));

    [Theory]
    [InlineData("M:A.B`1.C``2(System.Func{``0,``1},System.Int32)", "C")]
    [InlineData("M:A.B.C(D.E@)", "C")]
    [InlineData("P:A.B.C", "C")]
    public void The_name_of_a_row_is_taken_from_its_ID(string id, string name) =>
        Assert.Equal(name, new BlockingApi(id, BlockingKind.Park, "", BlockingFix.None, BlockingExemptions.None).Name);
}
